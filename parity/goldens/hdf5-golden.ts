import { readFile } from 'node:fs/promises';

import { Dataset, type File, Group } from 'h5wasm';

import { withHdf5File } from '../../libs/models/src/import/hdf5-file.js';
import type { Golden, GoldenTensor } from '../parity-case.js';

/** Inputs and predictions of one run, by name, in groups of an HDF5 file. Attributes of the file give their order. */
export async function readHdf5Golden(path: string): Promise<Golden> {
  return withHdf5File(await readFile(path), (file) => {
    const predicted = file.get('predictions') instanceof Group ? 'predictions' : 'outputs';
    return { inputs: tensors(file, 'inputs', 'inputs'), outputs: tensors(file, predicted, 'outputs') };
  });
}

function tensors(file: File, name: string, order: string): GoldenTensor[] {
  const group = file.get(name);
  if (!(group instanceof Group)) throw new Error(`there is no group ${name}`);
  const text = file.attrs[order]?.value;
  const listed = typeof text === 'string' ? (JSON.parse(text) as Record<string, string[]>)[order] : undefined;
  return (listed ?? group.keys()).map((key) => {
    const dataset = group.get(key);
    if (!(dataset instanceof Dataset)) throw new Error(`there is no ${name}/${key}`);
    return { shape: dataset.shape ?? [], data: Float32Array.from(dataset.value as ArrayLike<number>, Number) };
  });
}
