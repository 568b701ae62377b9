import { SignalError } from '../signal-error.js';

/** One chunk of a RIFF file. */
export interface Chunk {
  /** Four characters, such as `fmt `. */
  id: string;
  /** Where its content starts in the file. */
  offset: number;
  /** What the file holds of its content: less than its header claims where the file was cut short. Not a copy. */
  content: Uint8Array;
}

/** Names of files that start alike or are often taken for WAV, so that a refusal can say what came instead. */
const otherFormats = new Map([
  ['RIFX', 'a big-endian RIFX file'],
  ['RF64', 'an RF64 file'],
  ['BW64', 'a BW64 file'],
  ['FORM', 'an AIFF file'],
  ['.snd', 'an AU file'],
  ['fLaC', 'a FLAC file'],
  ['OggS', 'an Ogg file'],
  ['ID3\x02', 'an MP3 file'],
  ['ID3\x03', 'an MP3 file'],
  ['ID3\x04', 'an MP3 file'],
  ['caff', 'a CAF file'],
]);

/**
 * The chunks of a WAV file, as they come up to the first `data` chunk, which is the last one given. Chunks of odd size
 * are followed by a byte of padding. A `data` chunk whose size is unknown (0 or 2^32 - 1, as a recorder writes that
 * cannot seek back) holds the rest of the file.
 *
 * @throws SignalError if this is no RIFF/WAVE file
 */
export function* riffChunks(bytes: Uint8Array): Generator<Chunk> {
  assertWav(bytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 12; at + 8 <= bytes.length;) {
    const id = fourCharacters(bytes, at);
    const claimed = view.getUint32(at + 4, true);
    const offset = at + 8;
    const size = id === 'data' && (claimed === 0 || claimed === 0xffffffff) ? bytes.length - offset : claimed;
    yield { id, offset, content: bytes.subarray(offset, offset + size) };
    if (id === 'data') return;
    at = offset + size + (size % 2);
  }
}

function assertWav(bytes: Uint8Array): void {
  if (bytes.length === 0) throw new SignalError('WAV: the file is empty');
  const start = fourCharacters(bytes, 0);
  const other = otherFormats.get(start);
  if (other) throw new SignalError(`WAV: this is ${other}, which is not supported`);
  if (start !== 'RIFF' || fourCharacters(bytes, 8) !== 'WAVE') {
    throw new SignalError('WAV: the file does not start with a RIFF/WAVE header');
  }
}

function fourCharacters(bytes: Uint8Array, offset: number): string {
  return String.fromCharCode(...bytes.subarray(offset, offset + 4));
}
