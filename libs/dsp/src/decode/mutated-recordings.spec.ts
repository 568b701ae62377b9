import { describe, expect, it } from '@jest/globals';
import { aiffFile } from '../../test-support/aiff-file.js';
import { auFile } from '../../test-support/au-file.js';
import { inPieces } from '../../test-support/in-pieces.js';
import { noise, seeded } from '../../test-support/signals.js';
import { ascii, bytesOf, chunk, wavFile } from '../../test-support/wav-file.js';
import { SignalError } from '../signal-error.js';
import { decodeRecording } from './decode-recording.js';

const mutations = 150;
const floats = noise(300);
const integers16 = bytesOf(Int16Array.from(floats, (sample) => sample * 2 ** 15));
const withStart = (bytes: Uint8Array, start: string) => (bytes.set(ascii(start)), bytes);
const originals: [string, Uint8Array][] = [
  ['16-bit WAV', wavFile(integers16, { channels: 3, before: [chunk('LIST', ascii('a note'))] })],
  ['WAV of floats', wavFile(bytesOf(floats), { formatTag: 3, bits: 32 })],
  ['WAV of mu-law', wavFile(bytesOf(floats), { formatTag: 7, bits: 8 })],
  ['WAV of IMA ADPCM', wavFile(bytesOf(floats), { formatTag: 0x11, bits: 4, channels: 2, blockAlign: 64 })],
  ["WAV of Microsoft's ADPCM", wavFile(new Uint8Array(1200), { formatTag: 2, bits: 4, channels: 2, blockAlign: 64 })],
  ['RF64', withStart(wavFile(integers16, { before: [chunk('ds64', bytesOf(floats).subarray(0, 28))] }), 'RF64')],
  ['AIFF', aiffFile(integers16, { channels: 2 })],
  ['AIFC of floats', aiffFile(new Uint8Array(1200), { codec: 'fl32' })],
  ['AU', auFile(integers16, { note: 'a note' })],
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
async function outcome(bytes: Uint8Array): Promise<'decoded' | 'refused'> {
  try {
    const { samples, sampleRate, channels } = await decodeRecording(inPieces(bytes, 100));
    expect(samples.every(Number.isFinite)).toBe(true);
    expect([samples.length % channels, sampleRate > 0, samples.length > 0]).toEqual([0, true, true]);
    return 'decoded';
  } catch (error) {
    if (error instanceof SignalError) return 'refused';
    throw error;
  }
}

describe('decodeRecording of damaged files', () => {
  it.each(originals)('gives finite samples or a SignalError, and nothing else: %s', async (_, original) => {
    expect(await outcome(original)).toBe('decoded');
    const random = seeded(2026);
    const outcomes = new Set<string>();
    for (let i = 0; i < mutations; i++) outcomes.add(await outcome(mutated(original, random)));
    expect(outcomes).toEqual(new Set(['decoded', 'refused']));
  });
});
