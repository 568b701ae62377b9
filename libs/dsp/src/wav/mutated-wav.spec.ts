import { describe, expect, it } from '@jest/globals';
import { noise, seeded } from '../../test-support/signals.js';
import { bytesOf, wavFile } from '../../test-support/wav-file.js';
import { SignalError } from '../signal-error.js';
import { decodeWav } from './decode-wav.js';

const mutations = 400;
const floats = noise(300);
const originals: [string, Uint8Array][] = [
  ['16-bit', wavFile(bytesOf(Int16Array.from(floats, (sample) => sample * 2 ** 15)), { channels: 3 })],
  ['float', wavFile(bytesOf(floats), { formatTag: 3, bits: 32 })],
  ['mu-law', wavFile(bytesOf(floats), { formatTag: 7, bits: 8 })],
  ['IMA ADPCM', wavFile(bytesOf(floats), { formatTag: 0x11, bits: 4, channels: 2, blockAlign: 64 })],
];

/** Some bytes exchanged, most of them in the header, and sometimes the end cut off. */
function mutated(original: Uint8Array, random: () => number): Uint8Array {
  const bytes = original.slice();
  for (let change = 0; change < 1 + random() * 4; change++) {
    const range = random() < 0.8 ? 64 : bytes.length;
    bytes[Math.floor(random() * range)] = random() * 256;
  }
  return random() < 0.3 ? bytes.subarray(0, random() * bytes.length) : bytes;
}

/** `decoded` or `refused`; whatever else happens is thrown. */
function outcome(bytes: Uint8Array): 'decoded' | 'refused' {
  try {
    const { samples, sampleRate, channels } = decodeWav(bytes);
    expect(samples.every(Number.isFinite)).toBe(true);
    expect([samples.length % channels, sampleRate > 0, samples.length > 0]).toEqual([0, true, true]);
    return 'decoded';
  } catch (error) {
    if (error instanceof SignalError) return 'refused';
    throw error;
  }
}

describe('decodeWav of damaged files', () => {
  it.each(originals)('gives finite samples or a SignalError, and nothing else: %s', (_, original) => {
    const random = seeded(2026);
    const outcomes = Array.from({ length: mutations }, () => outcome(mutated(original, random)));
    expect(new Set(outcomes)).toEqual(new Set(['decoded', 'refused']));
  });
});
