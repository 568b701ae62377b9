import { Dataset, Group } from 'h5wasm';
import { z } from 'zod';

import { refusal } from '../../errors.js';
import { valueCount } from '../../network/tensor.js';
import type { StoredWeight } from './take-weights.js';

/** Takes note of bytes that are about to be read; throws ModelError if a file claims more than it can hold. */
export type Spend = (dataset: Dataset, name: string) => void;

/** A compressed dataset may have as many times its bytes; Keras compresses none. */
const maxRatio = 200;

/**
 * A file names sizes freely: a dataset of which nothing was written, or one under many names, would fill the memory.
 *
 * @param fileBytes the size of the file
 */
export function newSpend(fileBytes: number): Spend {
  let spent = 0;
  return (dataset, name) => {
    const bytes = valueCount(dataset.shape ?? []) * Float32Array.BYTES_PER_ELEMENT;
    spent += dataset.filters.length > 0 ? bytes / maxRatio : bytes;
    if (!(spent <= fileBytes))
      throw refusal(`${name} claims ${bytes} bytes, and with all before it more than the file has`);
  };
}

/**
 * The weights of each layer of the outermost model, as Keras orders them.
 *
 * @param root the group that lists the layers
 * @throws ModelError if a layer or a weight is listed and not there
 */
export function readLayerWeights(root: Group, spend: Spend): Map<string, StoredWeight[]> {
  return new Map(
    readNames(root, 'layer_names').map((layer) => {
      const group = root.get(layer);
      if (!(group instanceof Group)) throw refusal(`the weights file has no group for layer ${layer}`);
      return [layer, readNames(group, 'weight_names').map((name) => storedWeight(group, name, spend))];
    }),
  );
}

/** A dataset below a group; its values are not read yet. */
export function storedWeight(group: Group, name: string, spend: Spend): StoredWeight {
  const dataset = group.get(name);
  if (!(dataset instanceof Dataset)) throw refusal(`the weights file has no ${name}`);
  if (dataset.metadata.virtual_sources)
    throw refusal(`the values of ${name} lie in other files; save the model as one file`);
  return {
    name,
    shape: dataset.shape ?? [],
    dtype: dataset.dtype === '<f' ? 'float32' : JSON.stringify(dataset.dtype),
    read: () => {
      spend(dataset, name);
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
