import type { ByteSource } from '#dsp';

import type { AudioCard } from '../../card.js';
import { mostSamples } from '../../card/window.js';
import { InputError } from '../../errors.js';
import { whenInputError } from './as-input-error.js';
import { SamplesReader } from './samples-reader.js';

/**
 * A recording as the samples that features are computed from: decoded, down-mixed, resampled, and of the length that
 * `input.seconds` and `input.short` ask for. No more is read than that needs.
 *
 * @param source the file's bytes; `[bytes]` when they are in memory
 * @returns mono, within [-1, 1] or nearly so, at `input.sampleRate`
 * @throws InputError if it is no recording that can be read, lacks the card's channel, or is too long to be heard whole
 */
export async function readSamples(source: ByteSource, { input }: AudioCard): Promise<Float32Array> {
  return collectSamples(new SamplesReader(source, input), input);
}

/**
 * {@link readSamples} by a reader, which can be asked afterwards.
 *
 * @param most how many samples a recording that is heard as a whole may have
 */
export async function collectSamples(
  reader: SamplesReader,
  input: AudioCard['input'],
  most = mostSamples,
): Promise<Float32Array> {
  const wanted = input.seconds === undefined ? undefined : Math.round(input.seconds * input.sampleRate);
  const samples = await whenInputError(() => firstSamples(reader, wanted ?? most + 1));
  if (wanted === undefined && samples.length > most) throw tooLong(input, most);
  return input.short === 'zeros' && samples.length < wanted! ? ofLength(samples, wanted!) : samples;
}

/** At most `most` samples; what comes after them is not decoded. */
async function firstSamples(reader: SamplesReader, most: number): Promise<Float32Array> {
  let samples = new Float32Array(0);
  let length = 0;
  for await (const block of reader.blocks()) {
    const part = block.subarray(0, most - length);
    const needed = length + part.length;
    if (needed > samples.length) samples = ofLength(samples, Math.max(needed, roomAfter(samples, reader, most)));
    samples.set(part, length);
    length = needed;
    if (length === most) break;
  }
  return length === samples.length ? samples : samples.slice(0, length);
}

/** At first what is expected, then half as much again, so that a long recording is not copied once per block. */
function roomAfter({ length }: Float32Array, { expected }: SamplesReader, most: number): number {
  return Math.min(most, length === 0 ? expected : Math.ceil(1.5 * length));
}

/** The same samples with zeros behind them. */
function ofLength(samples: Float32Array, length: number): Float32Array<ArrayBuffer> {
  const longer = new Float32Array(length);
  longer.set(samples);
  return longer;
}

function tooLong({ sampleRate }: AudioCard['input'], most: number): InputError {
  const minutes = Math.floor(most / sampleRate / 60);
  return new InputError(
    `the recording is longer than the ${minutes} minutes (${most} samples at ${sampleRate} Hz) that can be heard ` +
      `as a whole; a card with input.seconds hears its beginning, one with input.window all of it`,
  );
}
