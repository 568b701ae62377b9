import { toNetworkInput } from '#models';
import type { AudioCard } from '#models/card';

import type { Random } from '../random.js';
import { augmented } from './augmentation.js';
import type { Utterance } from './recordings.js';

/** What the network sees of an utterance, and what it shall say. */
export interface Example {
  speaker: string;
  digit: number;
  /** The values of one network input, row after row. */
  input: Float32Array;
}

/** The utterance as it is heard when it is served. */
export function toExample({ speaker, digit, samples }: Utterance, card: AudioCard): Example {
  const heard = new Float32Array(sampleCount(card));
  heard.set(samples.subarray(0, heard.length));
  return { speaker, digit, input: toNetworkInput(heard, card) };
}

/** The utterance `copies` times, each changed in another way. */
export function toVariedExamples(utterance: Utterance, card: AudioCard, copies: number, random: Random): Example[] {
  const { speaker, digit, samples } = utterance;
  return Array.from({ length: copies }, () => {
    const heard = augmented(samples, card.input.sampleRate, sampleCount(card), random);
    return { speaker, digit, input: toNetworkInput(heard, card) };
  });
}

function sampleCount({ input: { seconds, sampleRate } }: AudioCard): number {
  if (seconds === undefined) throw new RangeError('the card must say how many seconds are heard');
  return Math.round(seconds * sampleRate);
}
