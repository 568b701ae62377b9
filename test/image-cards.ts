import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { referenceData } from './reference-data.js';

/** The card of the digit network of the reference data, as its author's script prepares images with scikit-image. */
export const digitCard = {
  name: 'digits',
  version: '1.0.0',
  task: 'classification',
  input: { kind: 'image' },
  image: { channels: 'grey', invert: 'auto', width: 28, height: 28, layout: 'flat' },
  output: { labels: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'] },
  weights: 'mnist_model.h5',
};

/** The same network for photographs of digits on paper. */
export const photographCard = {
  ...digitCard,
  name: 'photographed-digits',
  image: { ...digitCard.image, threshold: { kind: 'adaptive-mean' }, centre: { box: 20 } },
};

/**
 * Writes a bundle of the digit network.
 *
 * @returns the folder of the bundle, for EARSHOT_MODELS
 */
export async function writeDigitBundle(folder: string, card: { weights: string } = digitCard): Promise<string> {
  await mkdir(folder, { recursive: true });
  await cp(referenceData('models', 'mnist_alvertogit', 'mnist_model.h5'), join(folder, card.weights));
  await writeFile(join(folder, 'model.yaml'), stringify(card));
  return folder;
}
