import { ascii, bigEndian, joined } from './wav-file.js';

/** What {@link aiffFile} writes; the defaults make 16-bit mono at 8 kHz. */
export interface AiffFileParts {
  /** Four characters, which make it AIFC. Default AIFF, which has none. */
  codec?: string;
  channels?: number;
  bits?: number;
  /** The sample rate as ten bytes. Default 8000 Hz. */
  extendedRate?: number[];
  /** Bytes before the samples, in their chunk. */
  offset?: number;
  /** What the header of the SSND chunk claims. Default the truth. */
  claimedSize?: number;
  /** Chunks before COMM. */
  before?: Uint8Array[];
  /** Whether the samples come before COMM. */
  soundFirst?: boolean;
}

/** The bytes of an AIFF or AIFC file around `data`. */
export function aiffFile(data: Uint8Array, parts: AiffFileParts = {}): Uint8Array {
  const { codec, channels = 1, bits = 16, offset = 0, extendedRate = [0x40, 0x0b, 0xfa, 0, 0, 0, 0, 0, 0, 0] } = parts;
  const common = joined([
    bigEndian(2, channels),
    bigEndian(4, 0),
    bigEndian(2, bits),
    Uint8Array.from(extendedRate),
    ...(codec === undefined ? [] : [ascii(codec), Uint8Array.of(0, 0)]),
  ]);
  const sound = joined([bigEndian(4, offset), bigEndian(4, 0), new Uint8Array(offset), data]);
  const chunks = [aiffChunk('COMM', common), aiffChunk('SSND', sound, parts.claimedSize)];
  if (parts.soundFirst) chunks.reverse();
  const content = joined([ascii(codec === undefined ? 'AIFF' : 'AIFC'), ...(parts.before ?? []), ...chunks]);
  return joined([ascii('FORM'), bigEndian(4, content.length), content]);
}

/** A chunk with its header, and a byte of padding if its size is odd. */
export function aiffChunk(id: string, content: Uint8Array, claimedSize = content.length): Uint8Array {
  return joined([ascii(id), bigEndian(4, claimedSize), content, new Uint8Array(content.length % 2)]);
}
