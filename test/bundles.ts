import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse, stringify } from 'yaml';
import { fanCard } from './models/make-bundle.js';
import { referenceData } from './reference-data.js';

/** The built-in bundle, in the checkout. */
export const builtInModels = fileURLToPath(new URL('../models', import.meta.url));

interface Card {
  name: string;
  version: string;
  input: Record<string, unknown>;
  output: Record<string, unknown>;
  [field: string]: unknown;
}

/**
 * A bundle of the built-in network that is asked to listen to the whole of every recording, so that a job takes as long
 * as a test wants: about a second for ten minutes at 8 kHz.
 *
 * @returns the folder of the bundle, for EARSHOT_MODELS
 */
export function writeSlowBundle(folder: string, change: (card: Card) => void = () => undefined): Promise<string> {
  return writeBundle(join(folder, 'slow-digits'), (card) => {
    card.name = 'slow-digits';
    delete card.input['seconds'];
    delete card.input['short'];
    change(card);
  });
}

/**
 * The built-in bundle with another card.
 *
 * @param models where the built-in bundles are
 */
export async function writeBundle(
  folder: string,
  change: (card: Card) => void,
  models: string = builtInModels,
): Promise<string> {
  await mkdir(folder, { recursive: true });
  await cp(join(models, 'spoken-digits', '1.0.0'), folder, { recursive: true });
  const path = join(folder, 'model.yaml');
  const card = parse(await readFile(path, 'utf8')) as Card;
  change(card);
  await writeFile(path, stringify(card));
  return folder;
}

/** The fan model of the reference data as a bundle: Keras weights and a card. */
export async function writeFanBundle(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  await cp(referenceData('models', 'fan_signalML', 'weightsMulti.hdf5'), join(folder, 'weightsMulti.hdf5'));
  await writeFile(join(folder, 'model.yaml'), stringify(fanCard));
  return folder;
}

interface Listening {
  /** The card's `input.window.hop`. */
  hop: number;
  /** The card's `output.segments`. */
  segments: Record<string, unknown>;
}

/**
 * A bundle of the built-in network that listens to recordings of any length, a second at a time.
 *
 * @returns the folder of the bundle, for EARSHOT_MODELS
 */
export function writeListeningBundle(folder: string, { hop, segments }: Listening): Promise<string> {
  return writeBundle(join(folder, 'listening-digits'), (card) => {
    card.name = 'listening-digits';
    card.input = { kind: 'audio', sampleRate: 8000, channels: 'mean', window: { seconds: 1, hop } };
    card.output = { ...card.output, segments };
  });
}
