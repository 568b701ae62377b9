import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { readSamples } from '#models';
import type { AudioCard } from '#models/card';

/** One digit, spoken once. */
export interface Utterance {
  /** 0 to 9. */
  digit: number;
  /** Who speaks: a person, or a made voice. */
  speaker: string;
  /** Mono, within [-1, 1], at the card's sample rate and of any length. */
  samples: Float32Array;
}

/**
 * What the name of a Free Spoken Digit Dataset recording says, such as `7_jackson_32.wav`.
 *
 * @throws Error if it is no such name
 */
export function parseRecordingName(name: string): { digit: number; speaker: string } {
  const [, digit, speaker] = /^([0-9])_([a-z]+)_[0-9]+\.wav$/.exec(name) ?? [];
  if (digit === undefined || speaker === undefined)
    throw new Error(`${name} is not named <digit>_<speaker>_<number>.wav`);
  return { digit: Number(digit), speaker };
}

/** The recordings of a folder in the order of their names, so that every reading gives the same order. */
export async function readRecordings(folder: string, card: AudioCard): Promise<Utterance[]> {
  const names = readdirSync(folder).filter((name) => name.endsWith('.wav'));
  const utterances = [];
  for (const name of names.sort())
    utterances.push({ ...parseRecordingName(name), samples: await readWhole(join(folder, name), card) });
  return utterances;
}

/** A WAV file as the card has it heard, but for its length, which is the file's. */
export async function readWhole(file: string, card: AudioCard): Promise<Float32Array> {
  const input = { ...card.input, seconds: undefined, short: 'keep' } as const;
  return readSamples([readFileSync(file)], { ...card, input });
}
