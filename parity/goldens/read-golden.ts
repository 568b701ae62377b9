import type { Golden, GoldenSource } from '../parity-case.js';
import { readHdf5Golden } from './hdf5-golden.js';
import { readJsonGolden } from './json-golden.js';
import { readNpy } from './npy.js';
import { readOnnxTensor } from './onnx-tensor.js';

export async function readGolden(source: GoldenSource): Promise<Golden> {
  switch (source.kind) {
    case 'json':
      return readJsonGolden(source.path);
    case 'hdf5':
      return readHdf5Golden(source.path);
    case 'npy':
      return { inputs: await readAll(source.inputs, readNpy), outputs: await readAll(source.outputs, readNpy) };
    case 'onnx-test':
      return {
        inputs: await readAll(source.inputs, readOnnxTensor),
        outputs: await readAll(source.outputs, readOnnxTensor),
      };
  }
}

function readAll<T>(paths: readonly string[], read: (path: string) => Promise<T>): Promise<T[]> {
  return Promise.all(paths.map(read));
}
