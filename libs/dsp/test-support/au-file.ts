import { ascii, bigEndian, joined } from './wav-file.js';

/** What {@link auFile} writes; the defaults make 16-bit mono at 8 kHz. */
export interface AuFileParts {
  encoding?: number;
  channels?: number;
  sampleRate?: number;
  /** Text between the header and the samples. */
  note?: string;
  /** What the header claims that the samples take. Default the truth. */
  claimedSize?: number;
}

/** The bytes of an AU file that ends with `data`. */
export function auFile(data: Uint8Array, parts: AuFileParts = {}): Uint8Array {
  const { encoding = 3, channels = 1, sampleRate = 8000, note = '', claimedSize = data.length } = parts;
  const numbers = [24 + note.length, claimedSize, encoding, sampleRate, channels];
  return joined([ascii('.snd'), ...numbers.map((value) => bigEndian(4, value)), ascii(note), data]);
}
