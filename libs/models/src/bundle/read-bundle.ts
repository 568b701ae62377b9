import { readFile, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';

import { CardError, parseModelCard, type ModelCard } from '../card.js';
import { isFileName } from '../card/file-name.js';
import { refusal } from '../errors.js';
import type { ImportedModel } from '../import/imported-model.js';
import { formatOf, furtherFiles, type WeightsFiles } from '../import/import-weights.js';

/** A model as it was handed in. */
export interface Bundle {
  card: ModelCard;
  /** The text of model.yaml. */
  cardText: string;
  format: ImportedModel['format'];
  /** The file that the card names, and those it refers to. */
  weights: WeightsFiles;
}

const maxCardBytes = 256 * 1024;
const maxWeightsBytes = 512 * 1024 * 1024;

/**
 * Reads model.yaml and the weights from a folder. Nothing outside of it is read.
 *
 * @throws ModelError if a file is missing or too large, or the card is faulty
 */
export async function readBundle(folder: string): Promise<Bundle> {
  const cardText = new TextDecoder().decode(await readBundleFile(folder, 'model.yaml', maxCardBytes));
  const card = cardOf(cardText);
  const main = await readBundleFile(folder, card.weights, maxWeightsBytes);
  const weights = new Map([[card.weights, main]]);
  let bytesLeft = maxWeightsBytes - main.length;
  for (const name of furtherFiles(card, main)) {
    // No converter does so, and a small file named a million times would be read as a huge one.
    if (weights.has(name)) throw refusal(`the bundle names the file ${name} twice`);
    const file = await readBundleFile(folder, name, bytesLeft);
    weights.set(name, file);
    bytesLeft -= file.length;
  }
  return { card, cardText, format: formatOf(card.weights, main), weights };
}

function cardOf(text: string): ModelCard {
  try {
    return parseModelCard(text);
  } catch (error) {
    if (error instanceof CardError) throw refusal(`model.yaml: ${error.message}`, error);
    throw error;
  }
}

async function readBundleFile(folder: string, name: string, maxBytes: number): Promise<Uint8Array> {
  if (!isFileName(name)) throw refusal(`${name} is not the name of a file inside the bundle`);
  const path = await pathInside(folder, name);
  const { size } = await stat(path);
  if (size > maxBytes) throw refusal(`${name} has ${size} bytes; at most ${maxBytes} are read`);
  return readFile(path);
}

/** Follows links, as long as they stay in the folder: mounted configuration consists of such links. */
async function pathInside(folder: string, name: string): Promise<string> {
  const root = await realpath(folder);
  const path = await realpath(join(root, name)).catch((cause: unknown) => {
    throw refusal(`the bundle ${folder} has no file ${name}`, cause);
  });
  if (path.startsWith(root + sep) && (await stat(path)).isFile()) return path;
  throw refusal(`${name} is not a file inside the bundle`);
}
