import { type File, Group } from 'h5wasm';

import { refusal } from '../../errors.js';
import { withHdf5File } from '../hdf5-file.js';
import type { ImportedNetwork, ImportHints } from '../imported-model.js';
import { parseJson } from '../parse-json.js';
import { assignAll } from './assign-all.js';
import { factsOf } from './file-facts.js';
import { newSpend, readLayerWeights } from './hdf5-weights.js';
import { buildNetwork, readTopology } from './import-model.js';

interface Hdf5Hints extends ImportHints {
  /** The JSON of `model.to_json()`, for a file that holds weights alone. */
  topology?: Uint8Array;
}

/**
 * Imports a model that Keras saved as HDF5: `model.save` of any version, or `save_weights` with the topology beside.
 *
 * @throws ModelError if the file is damaged, or anything about the model is not supported
 */
export function importKerasHdf5(bytes: Uint8Array, hints: Hdf5Hints = {}): Promise<ImportedNetwork> {
  return withHdf5File(bytes, (file) => {
    const stored = file.attrs['model_config']?.value;
    const topology = parseJson(topologyText(stored, hints.topology), 'the topology');
    const weights = file.get('model_weights') ?? file;
    if (!(weights instanceof Group) || (weights === file && typeof stored === 'string'))
      throw refusal('the weights file has no group model_weights');
    const byLayer = readLayerWeights(weights, newSpend(bytes.length));
    const model = readTopology(topology, factsOf(topology, attributes(file, weights), byLayer));
    return {
      format: 'keras-hdf5',
      layers: model.model.layers.length,
      network: buildNetwork(model, assignAll(model, byLayer), hints),
    };
  });
}

function topologyText(stored: unknown, beside: Uint8Array | undefined): string {
  if (typeof stored === 'string') return stored;
  if (beside) return new TextDecoder().decode(beside);
  throw refusal(
    'the weights file has no model_config: save the whole model (model.save), or put model.to_json() beside its weights',
  );
}

/** What the file says of its writer, in its head or on the group of weights. */
function attributes(file: File, weights: Group): Record<string, unknown> {
  const value = (name: string) => (file.attrs[name] ?? weights.attrs[name])?.value;
  return { keras_version: value('keras_version'), backend: value('backend') };
}
