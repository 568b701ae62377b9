import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { LayersModel } from '@tensorflow/tfjs-layers';
import { parseDocument } from 'yaml';

/**
 * Writes the network and its card as a bundle: model.yaml, and model.json with weights.bin in the layers format of
 * TensorFlow.js. What the folder held under these names is replaced.
 *
 * @param cardText the card before training
 * @param evaluation becomes the card's section of this name
 */
export async function writeBundle(folder: string, cardText: string, network: LayersModel, evaluation: object) {
  mkdirSync(folder, { recursive: true });
  const card = parseDocument(cardText);
  card.set('evaluation', card.createNode(evaluation));
  writeFileSync(join(folder, 'model.yaml'), card.toString({ lineWidth: 120 }));
  await network.save(`file://${folder}`);
}
