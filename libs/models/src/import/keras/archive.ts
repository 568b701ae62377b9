import { z } from 'zod';

import { refusal } from '../../errors.js';
import { unzip } from '../../archive/unzip.js';
import { withHdf5File } from '../hdf5-file.js';
import type { ImportedNetwork, ImportHints } from '../imported-model.js';
import { parseJson } from '../parse-json.js';
import { archivedWeights } from './archived-weights.js';
import { newSpend } from './hdf5-weights.js';
import { buildNetwork, readTopology } from './import-model.js';

const weightsFile = 'model.weights.h5';
const metadata = z.looseObject({ keras_version: z.string() });

/**
 * Imports a `.keras` archive: a zip of the topology, what wrote it, and the weights.
 *
 * @throws ModelError if the archive is damaged, or anything about the model is not supported
 */
export async function importKerasArchive(bytes: Uint8Array, hints: ImportHints = {}): Promise<ImportedNetwork> {
  const files = await unzip(bytes);
  const topology = parseJson(textOf(files, 'config.json'), 'config.json');
  const written = metadata.safeParse(parseJson(textOf(files, 'metadata.json'), 'metadata.json'));
  const keras = Number(/^\d+/.exec(written.data?.keras_version ?? '')?.[0]);
  if (Number.isNaN(keras)) throw refusal('metadata.json does not name the version of Keras that wrote the archive');
  const model = readTopology(topology, { keras, backend: 'other', pixels: 'half-pixel' });
  const weights = fileOf(files, weightsFile);
  const network = await withHdf5File(weights, (file) =>
    buildNetwork(model, archivedWeights(model, file, newSpend(weights.length)), hints),
  );
  return { format: 'keras', layers: model.parts.length, network };
}

function fileOf(files: ReadonlyMap<string, Uint8Array>, name: string): Uint8Array {
  const file = files.get(name);
  if (file) return file;
  throw refusal(`the archive has no ${name}: it is not what model.save('name.keras') writes`);
}

function textOf(files: ReadonlyMap<string, Uint8Array>, name: string): string {
  return new TextDecoder().decode(fileOf(files, name));
}
