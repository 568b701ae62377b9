import { describe, expect, it } from '@jest/globals';
import { downMix } from '../../test-support/down-mix.js';
import { largestError } from '../../test-support/largest-error.js';
import { noise } from '../../test-support/signals.js';
import { bytesOf, wavFile } from '../../test-support/wav-file.js';
import { SignalError } from '../signal-error.js';
import { inPieces } from '../../test-support/in-pieces.js';
import { decodeRecording } from './decode-recording.js';
import { readMono } from './read-mono.js';

const floats = noise(240);
const integers16 = bytesOf(Int16Array.from(floats, (value) => value * 2 ** 15));

describe('readMono', () => {
  it.each([1, 2, 3, 8])('is decodeRecording and downMix in one, for %i channels of 16 bits', async (channels) => {
    const bytes = wavFile(integers16, { channels });
    for (const choice of ['mean', channels - 1] as const) {
      const samples = downMix(await decodeRecording([bytes]), choice);
      expect(await readMono([bytes], choice)).toEqual({ sampleRate: 8000, samples });
    }
  });

  it.each<[number | 'mean', number]>([
    ['mean', 2],
    [1, 2],
    ['mean', 1],
  ])('stops after the frames that are wanted: %s of %i channels', async (choice, channels) => {
    const bytes = wavFile(integers16, { channels });
    const all = (await readMono([bytes], choice)).samples;
    const wanted = (frames: number) => readMono([bytes], choice, (sampleRate) => (frames * sampleRate) / 8000);
    expect((await wanted(10)).samples).toEqual(all.subarray(0, 10));
    expect((await wanted(10.9)).samples).toEqual(all.subarray(0, 10));
    expect((await wanted(1000)).samples).toEqual(all);
  });

  it('gives the same however the file is cut into pieces', async () => {
    const bytes = wavFile(bytesOf(noise(100_000)), { channels: 3, formatTag: 3, bits: 32 });
    const whole = await readMono([bytes], 'mean');
    expect(whole.samples).toHaveLength(33_333);
    for (const length of [997, 65_536, 399_999]) {
      expect(largestError((await readMono(inPieces(bytes, length), 'mean')).samples, whole.samples)).toBe(0);
    }
  });

  it('reads no further than it must, and closes the source', async () => {
    const bytes = wavFile(bytesOf(noise(500_000)));
    let given = 0;
    let closed = false;
    async function* source() {
      try {
        for await (const piece of inPieces(bytes, 10_000)) {
          given += piece.length;
          yield piece;
        }
      } finally {
        closed = true;
      }
    }
    await readMono(source(), 'mean', () => 100);
    expect([closed, given < 150_000]).toEqual([true, true]);
  });

  it('closes the source when it cannot be said how much is wanted', async () => {
    let isClosed = false;
    async function* source() {
      try {
        yield* inPieces(wavFile(integers16), 100);
      } finally {
        isClosed = true;
      }
    }
    const fault = new Error('no such rate');
    const refused = readMono(source(), 'mean', () => {
      throw fault;
    });
    await expect(refused).rejects.toBe(fault);
    expect(isClosed).toBe(true);
  });

  it('claims no memory for what a header says', async () => {
    const bytes = wavFile(integers16, { claimedSize: 0xfffffff0 });
    expect((await readMono([bytes], 'mean')).samples).toHaveLength(240);
    expect((await readMono(inPieces(bytes, 9), 'mean', () => 1e12)).samples).toHaveLength(240);
  });

  it('refuses half a frame, and a channel that is not there', async () => {
    const half = [wavFile(Uint8Array.of(1, 2, 3), { channels: 2 })];
    await expect(readMono(half, 'mean')).rejects.toThrow(/the data chunk at byte 36 holds no full frame/);
    await expect(readMono([wavFile(integers16, { channels: 2 })], 2)).rejects.toThrow(SignalError);
  });
});
