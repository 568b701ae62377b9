import { newResamplingStream, openRecording, type ByteSource } from '#dsp';

import type { AudioCard } from '../../card.js';

/** Samples that are made of one block at most, so that a low sample rate in a header claims no memory. */
const mostAtOnce = 2 ** 18;

/** Reads a recording as the samples that features are computed from, in the memory of a few blocks. */
export class SamplesReader {
  /** Duration of what has been decoded so far. */
  seconds = 0;
  /** About how many samples will come of what is in memory already; known with the first block, 0 of a stream. */
  expected = 0;
  /** Milliseconds that the source was waited for: not decoding, though it passes in the middle of it. */
  waitedMs = 0;

  constructor(
    private readonly source: ByteSource,
    private readonly input: AudioCard['input'],
  ) {}

  /**
   * Decodes, down-mixes and resamples the recording, once.
   *
   * @returns mono, within [-1, 1] or nearly so, at `input.sampleRate`, in blocks; each is overwritten by the next
   * @throws SignalError if it is no recording that can be read, or lacks the card's channel
   */
  async *blocks(): AsyncGenerator<Float32Array, void> {
    const recording = await openRecording(this.timedSource());
    const { sampleRate, framesAtHand = 0 } = recording;
    this.expected = Math.ceil((framesAtHand * this.input.sampleRate) / sampleRate);
    // A rate that is raised a hundredfold makes a hundred samples of each.
    const atOnce = Math.max(1, Math.floor((mostAtOnce * sampleRate) / this.input.sampleRate));
    let frames = 0;
    try {
      const stream = newResamplingStream(sampleRate, this.input.sampleRate, this.input.resampler);
      for await (const block of recording.blocks(this.input.channels)) {
        frames += block.length;
        this.seconds = frames / sampleRate;
        for (let at = 0; at < block.length; at += atOnce) yield stream.push(block.subarray(at, at + atOnce));
      }
      yield stream.end();
    } finally {
      await recording.close();
    }
  }

  /** Bytes in memory stay as they are: nobody waits for them. */
  private timedSource(): ByteSource {
    return Symbol.asyncIterator in this.source ? this.timed(this.source) : this.source;
  }

  private async *timed(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
    let asked = performance.now();
    for await (const piece of pieces) {
      this.waitedMs += performance.now() - asked;
      yield piece;
      asked = performance.now();
    }
  }
}
