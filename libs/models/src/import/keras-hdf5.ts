import { Dataset, Group } from 'h5wasm';
import { z } from 'zod';

import { refusal } from '../errors.js';
import type { Network } from '../network/network.js';
import { buildNetwork } from './build-network.js';
import { withHdf5File } from './hdf5-file.js';
import type { StoredWeight } from './layer-weights.js';
import { parseJson } from './parse-json.js';

/**
 * Imports a whole model that Keras 2 saved as HDF5: architecture and weights in one file.
 *
 * @throws ModelError if the file is damaged, holds weights alone, or anything about the model is not supported
 */
export function importKerasHdf5(bytes: Uint8Array): Promise<Network> {
  return withHdf5File(bytes, (file) => {
    const topology = file.attrs['model_config']?.value;
    if (typeof topology !== 'string')
      throw refusal('the weights file has no model_config: save the whole model (model.save), not its weights alone');
    const weights = file.get('model_weights');
    if (!(weights instanceof Group)) throw refusal('the weights file has no group model_weights');
    return buildNetwork(parseJson(topology, 'model_config'), readWeights(weights));
  });
}

function readWeights(root: Group): Map<string, StoredWeight[]> {
  return new Map(
    readNames(root, 'layer_names').map((layer) => {
      const group = root.get(layer);
      if (!(group instanceof Group)) throw refusal(`the weights file has no group for layer ${layer}`);
      return [layer, readNames(group, 'weight_names').map((name) => readWeight(group, name))];
    }),
  );
}

function readWeight(group: Group, name: string): StoredWeight {
  const dataset = group.get(name);
  if (!(dataset instanceof Dataset)) throw refusal(`the weights file has no ${name}`);
  return {
    name,
    shape: dataset.shape ?? [],
    dtype: dataset.dtype === '<f' ? 'float32' : JSON.stringify(dataset.dtype),
    read: () => {
      const values = dataset.value;
      if (values instanceof Float32Array) return values.slice();
      throw refusal(`the values of ${name} cannot be read`);
    },
  };
}

const names = z.array(z.string());

/** A list of names in an attribute. HDF5 limits one to 64 KiB, so Keras splits longer ones into `name0`, `name1`, ... */
function readNames(group: Group, attribute: string): string[] {
  const { attrs } = group;
  const whole = attrs[attribute];
  if (whole) return toNames(whole, attribute);
  const parts: string[] = [];
  for (let index = 0; attrs[`${attribute}${index}`]; index++)
    parts.push(...toNames(attrs[`${attribute}${index}`]!, attribute));
  return parts;
}

function toNames({ shape, value }: Group['attrs'][string], attribute: string): string[] {
  // An empty list is stored as an empty list of numbers.
  if (shape?.length === 1 && shape[0] === 0) return [];
  const parsed = names.safeParse(value);
  if (parsed.success) return parsed.data;
  throw refusal(`the weights file's ${attribute} is not a list of names`);
}
