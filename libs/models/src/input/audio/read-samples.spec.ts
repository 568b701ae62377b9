import { describe, expect, it } from '@jest/globals';
import { stringify } from 'yaml';

import { smallCard } from '../../../../../test/models/make-bundle.js';
import { newRecording } from '../../../../../test/recordings.js';
import { parseAudioCard } from '../../card.js';
import { InputError } from '../../errors.js';
import { collectSamples, readSamples } from './read-samples.js';
import { SamplesReader } from './samples-reader.js';

const cardWith = (input: object) =>
  parseAudioCard(stringify({ ...smallCard, input: { ...smallCard.input, ...input } }));
const whole = cardWith({ seconds: undefined, short: 'keep' });

/** The bytes in pieces that take a millisecond each, and what became of them. */
class Pieces {
  given = 0;
  isClosed = false;

  constructor(
    private readonly bytes: Uint8Array,
    private readonly pieceBytes: number,
  ) {}

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    try {
      while (this.given < this.bytes.length) {
        await new Promise((resolve) => setTimeout(resolve, 1));
        const piece = this.bytes.subarray(this.given, this.given + this.pieceBytes);
        this.given += piece.length;
        yield piece;
      }
    } finally {
      this.isClosed = true;
    }
  }
}

describe('readSamples', () => {
  const recording = newRecording({ seconds: 3, sampleRate: 11_025 });

  it.each([0.1, 3, 4])('gives the same of a stream as of bytes in memory, %d s of it', async (seconds) => {
    const card = cardWith({ seconds, resampler: 'soxr_hq' });
    const streamed = await readSamples(new Pieces(recording, 1000), card);
    expect(streamed).toHaveLength(seconds * 8000);
    expect(streamed).toEqual(await readSamples([recording], card));
  });

  it('reads no further than the seconds that are heard, and closes the source', async () => {
    const long = newRecording({ seconds: 60 });
    const pieces = new Pieces(long, 4096);
    await readSamples(pieces, cardWith({ seconds: 0.1 }));
    expect(pieces.isClosed).toBe(true);
    // A block is 65,536 frames of two bytes.
    expect(pieces.given).toBeLessThanOrEqual(2 * 131_072);
  });

  it.each([
    ['what is no recording', Buffer.alloc(100_000, 'no recording')],
    ['a recording of a rate too low to be resampled', newRecording({ seconds: 60_000, sampleRate: 1 })],
  ])('closes the source of %s', async (_, bytes) => {
    const pieces = new Pieces(bytes, 4096);
    await expect(readSamples(pieces, whole)).rejects.toThrow(InputError);
    expect(pieces.isClosed).toBe(true);
  });

  it('refuses more samples than can be heard as a whole, and says which cards hear them', async () => {
    const collect = (most: number) =>
      collectSamples(new SamplesReader([recording.subarray()], whole.input), whole.input, most);
    expect(await collect(24_000)).toHaveLength(24_000);
    await expect(collect(23_999)).rejects.toThrow(
      'the recording is longer than the 0 minutes (23999 samples at 8000 Hz) that can be heard as a whole; a card with ' +
        'input.seconds hears its beginning, one with input.window all of it',
    );
  });

  it('comes in blocks of bounded length, however much the rate is raised', async () => {
    const reader = new SamplesReader([newRecording({ seconds: 300, sampleRate: 100 })], whole.input);
    const lengths: number[] = [];
    for await (const block of reader.blocks()) lengths.push(block.length);
    expect(lengths.reduce((sum, length) => sum + length, 0)).toBe(300 * 8000);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(2 ** 18);
  });

  it('does not count the time that bytes are waited for', async () => {
    const reader = new SamplesReader(new Pieces(recording, 1000), whole.input);
    const start = performance.now();
    await collectSamples(reader, whole.input);
    expect(reader.waitedMs).toBeGreaterThan(60);
    expect(reader.waitedMs).toBeLessThan(performance.now() - start);
    expect(reader.seconds).toBe(3);
  });
});
