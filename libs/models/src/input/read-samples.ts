import type { ByteSource } from '#dsp';

import type { AudioCard } from '../card.js';
import { mostSamples } from '../card/window.js';
import { InputError } from '../errors.js';
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
  const samples = await whenInputError(() => firstSamples(reader.blocks(), wanted ?? most + 1));
  if (wanted === undefined && samples.length > most) throw tooLong(input, most);
  return input.short === 'zeros' && samples.length < wanted! ? ofLength([samples], wanted!) : samples;
}

/** At most `most` samples; what comes after them is not decoded. */
async function firstSamples(blocks: AsyncIterable<Float32Array>, most: number): Promise<Float32Array> {
  const kept: Float32Array[] = [];
  let length = 0;
  for await (const block of blocks) {
    kept.push(block.slice(0, most - length));
    length = Math.min(most, length + block.length);
    if (length === most) break;
  }
  return kept.length === 1 ? kept[0]! : ofLength(kept, length);
}

/** The parts in a row, with zeros behind them. */
function ofLength(parts: readonly Float32Array[], length: number): Float32Array {
  const whole = new Float32Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function tooLong({ sampleRate }: AudioCard['input'], most: number): InputError {
  const minutes = Math.floor(most / sampleRate / 60);
  return new InputError(
    `the recording is longer than the ${minutes} minutes (${most} samples at ${sampleRate} Hz) that can be heard ` +
      `as a whole; a card with input.seconds hears its beginning, one with input.window all of it`,
  );
}
