import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

import type { AudioCard } from '#models/card';

import type { Random } from '../random.js';
import { readWhole, type Utterance } from './recordings.js';

/** A voice of the speech synthesiser espeak-ng. */
export interface MadeVoice {
  /** Language or accent, such as `en-us`. */
  accent: string;
  /** The speaker's throat, such as `f2`. */
  variant: string;
  /** 0 to 99; 50 is the variant's own. */
  pitch: number;
  /** Words a minute. */
  wordsPerMinute: number;
}

const words = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
const accents = [
  'en-us',
  'en-gb',
  'en-gb-scotland',
  'en-gb-x-gbclan',
  'en-gb-x-rp',
  'en-gb-x-gbcwmd',
  'en-029',
  'en-us-nyc',
];
// prettier-ignore
const variants = [
  'Alex', 'Alicia', 'Andrea', 'Andy', 'Annie', 'Denis', 'Diogo', 'Gene', 'Gene2', 'Henrique', 'Hugo', 'Jacky', 'Lee',
  'Marco', 'Mario', 'Michael', 'Mike', 'Nguyen', 'RicishayMax', 'RicishayMax2', 'Storm', 'anika', 'antonio', 'aunty',
  'belinda', 'benjamin', 'boris', 'caleb', 'david', 'ed', 'edward', 'f1', 'f2', 'f3', 'f4', 'f5', 'grandma', 'grandpa',
  'gustave', 'iven', 'iven2', 'john', 'kaukovalta', 'klatt', 'klatt2', 'klatt3', 'klatt4', 'm1', 'm2', 'm3', 'm4', 'm5',
  'm6', 'm7', 'm8', 'marcelo', 'max', 'michel', 'miguel', 'norbert', 'pablo', 'paul', 'pedro', 'quincy', 'rob', 'robert',
  'sandro', 'shelby', 'steph', 'steph2', 'travis', 'victor', 'zac',
];

/** `count` voices that differ in accent, throat, pitch and speed. */
export function newMadeVoices(count: number, random: Random): MadeVoice[] {
  return Array.from({ length: count }, () => ({
    accent: random.pick(accents),
    variant: random.pick(variants),
    pitch: Math.round(random.between(15, 85)),
    wordsPerMinute: Math.round(random.between(110, 210)),
  }));
}

/**
 * The ten digits in each voice.
 *
 * @param folder where the recordings are kept, so that a later training need not make them again
 * @throws Error if espeak-ng is not installed
 */
export async function speakDigits(voices: readonly MadeVoice[], folder: string, card: AudioCard): Promise<Utterance[]> {
  mkdirSync(folder, { recursive: true });
  const utterances = [];
  for (const voice of voices) {
    for (const [digit, word] of words.entries()) {
      const speaker = [voice.accent, voice.variant, voice.pitch, voice.wordsPerMinute].join('_');
      const file = join(folder, `${speaker}_${word}.wav`);
      if (!existsSync(file)) speak(word, voice, file);
      utterances.push({ digit, speaker, samples: withoutSilence(await readWhole(file, card)) });
    }
  }
  return utterances;
}

function speak(word: string, { accent, variant, pitch, wordsPerMinute }: MadeVoice, file: string): void {
  const args = ['-v', `${accent}+${variant}`, '-p', `${pitch}`, '-s', `${wordsPerMinute}`, '-w', file, word];
  const { status, error, stderr } = spawnSync('espeak-ng', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`espeak-ng cannot say ${word} (is it installed?): ${error?.message ?? stderr}`);
}

/** Without the quiet ends, those that stay below a hundredth of the peak: people's recordings are cut as closely. */
function withoutSilence(samples: Float32Array): Float32Array {
  const peak = samples.reduce((loudest, sample) => Math.max(loudest, Math.abs(sample)), 0);
  const isLoud = (sample: number) => Math.abs(sample) > peak / 100;
  return samples.slice(samples.findIndex(isLoud), samples.findLastIndex(isLoud) + 1);
}
