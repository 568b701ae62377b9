import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';

import { referenceData } from '../reference-data.js';
import { tfjsModel, type MadeLayer } from './tfjs-model.js';

/** The card of the fan network of the reference data. */
export const fanCard = {
  name: 'fan-fault',
  version: '1.0.0',
  task: 'classification',
  input: { kind: 'audio', sampleRate: 22050, channels: 'mean', resampler: 'kaiser_fast', seconds: 10 },
  features: {
    ...{ kind: 'mfcc', coefficients: 40, fft: 2048, hop: 512, mels: 128, layout: 'coefficients-frames' },
    fit: { frames: 433, padRight: 2, short: 'repeat-tail', long: 'truncate' },
  },
  output: {
    labels: ['Component OK', 'Component is imbalanced', 'Component is clogged', 'Voltage change'],
    normal: 'Component OK',
  },
  weights: 'weightsMulti.hdf5',
  queue: 'cpu',
};

/** The card of the keyword network of the reference data: a second of speech, as librosa loads it. */
export const keywordCard = {
  name: 'keywords',
  version: '1.0.0',
  task: 'classification',
  input: { kind: 'audio', sampleRate: 22050, channels: 'mean', resampler: 'kaiser_best', seconds: 1 },
  features: {
    ...{ kind: 'mfcc', coefficients: 13, fft: 2048, hop: 512, mels: 128, layout: 'frames-coefficients' },
    fit: { frames: 44, short: 'zeros' },
  },
  output: { labels: ['down', 'off', 'on', 'no', 'yes', 'stop', 'up', 'right', 'left', 'go'] },
  weights: 'model.h5',
};

/** The card of {@link writeSmallBundle}: a tenth of a second, two labels. */
export const smallCard = {
  name: 'small',
  version: '1.0.0',
  task: 'classification',
  input: { kind: 'audio', sampleRate: 8000, channels: 'mean', resampler: 'kaiser_fast', seconds: 0.1, short: 'zeros' },
  features: {
    ...{ kind: 'mel', fft: 256, hop: 128, mels: 8, layout: 'frames-coefficients' },
    normalisation: { mean: -40, std: 40 },
    fit: { frames: 7, short: 'zeros' },
  },
  output: { labels: ['quiet', 'loud'], normal: 'quiet' },
  weights: 'model.json',
};

/** Writes a bundle with weights of the reference data. */
export async function writeReferenceBundle(folder: string, card: { weights: string }, weights: string): Promise<void> {
  await writeFile(join(folder, 'model.yaml'), stringify(card));
  await copyFile(referenceData('models', weights), join(folder, card.weights));
}

const smallLayers: readonly MadeLayer[] = [
  { className: 'Flatten' },
  { className: 'Dense', options: { units: 2, activation: 'softmax' }, weights: { kernel: [56, 2], bias: [2] } },
];

/** Writes a bundle with a small made-up network of 7 x 8 values, which needs no reference data. */
export async function writeSmallBundle(folder: string, card: object = smallCard, layers = smallLayers): Promise<void> {
  await writeFile(join(folder, 'model.yaml'), stringify(card));
  for (const [name, bytes] of tfjsModel([7, 8], layers)) await writeFile(join(folder, name), bytes);
}
