import { Dataset, Group } from 'h5wasm';
import { z } from 'zod';

import { refusal } from '../../errors.js';
import type { StoredWeight } from './take-weights.js';

/**
 * The weights of each layer of the outermost model, as Keras orders them.
 *
 * @param root the group that lists the layers
 * @throws ModelError if a layer or a weight is listed and not there
 */
export function readLayerWeights(root: Group): Map<string, StoredWeight[]> {
  return new Map(
    readNames(root, 'layer_names').map((layer) => {
      const group = root.get(layer);
      if (!(group instanceof Group)) throw refusal(`the weights file has no group for layer ${layer}`);
      return [layer, readNames(group, 'weight_names').map((name) => storedWeight(group, name))];
    }),
  );
}

/** A dataset below a group; its values are not read yet. */
export function storedWeight(group: Group, name: string): StoredWeight {
  const dataset = group.get(name);
  if (!(dataset instanceof Dataset)) throw refusal(`the weights file has no ${name}`);
  return {
    name,
    shape: dataset.shape ?? [],
    dtype: dataset.dtype === '<f' ? 'float32' : JSON.stringify(dataset.dtype),
    read: () => {
      const values = dataset.value;
      if (values instanceof Float32Array) return values.slice();
      if (typeof values === 'number') return Float32Array.of(values);
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
