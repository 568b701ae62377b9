/** What {@link wavFile} writes; the defaults make 16-bit mono at 8 kHz. */
export interface WavFileParts {
  formatTag?: number;
  channels?: number;
  sampleRate?: number;
  bits?: number;
  /** Bytes of a sample of every channel. Default what `bits` need. */
  blockAlign?: number;
  /** More bytes for the fmt chunk, such as the extension of WAVE_FORMAT_EXTENSIBLE. */
  formatExtension?: Uint8Array;
  /** Chunks between fmt and data. */
  before?: Uint8Array[];
  /** What the data chunk's header claims. Default the truth. */
  claimedSize?: number;
  after?: Uint8Array[];
}

/** The bytes of a WAV file around `data`. */
export function wavFile(data: Uint8Array, parts: WavFileParts = {}): Uint8Array {
  const { formatTag = 1, channels = 1, sampleRate = 8000, bits = 16 } = parts;
  const blockAlign = parts.blockAlign ?? channels * Math.ceil(bits / 8);
  const format = new DataView(new ArrayBuffer(16));
  format.setUint16(0, formatTag, true);
  format.setUint16(2, channels, true);
  format.setUint32(4, sampleRate, true);
  format.setUint32(8, sampleRate * blockAlign, true);
  format.setUint16(12, blockAlign, true);
  format.setUint16(14, bits, true);
  const content = joined([
    ascii('WAVE'),
    chunk('fmt ', joined([new Uint8Array(format.buffer), parts.formatExtension ?? new Uint8Array()])),
    ...(parts.before ?? []),
    chunk('data', data, parts.claimedSize),
    ...(parts.after ?? []),
  ]);
  return joined([ascii('RIFF'), uint32(content.length), content]);
}

/** A chunk with its header, and a byte of padding if its size is odd. */
export function chunk(id: string, content: Uint8Array, claimedSize = content.length): Uint8Array {
  return joined([ascii(id), uint32(claimedSize), content, new Uint8Array(content.length % 2)]);
}

/** The bytes of a typed array, in the order of this machine, which is little-endian. */
export function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

export function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

export function joined(parts: Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function uint32(value: number): Uint8Array {
  return bytesOf(Uint32Array.of(value));
}

/** A number with its highest byte first. */
export function bigEndian(bytes: number, value: number): Uint8Array {
  return Uint8Array.from({ length: bytes }, (_, i) => value / 256 ** (bytes - 1 - i));
}

/** The same values of so many bytes each, with the order of their bytes turned around. */
export function swapped(content: Uint8Array, valueBytes: number): Uint8Array {
  return content.map((_, i) => content[i - (i % valueBytes) + valueBytes - 1 - (i % valueBytes)]!);
}
