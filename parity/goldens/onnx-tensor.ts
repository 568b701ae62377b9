import { readFile } from 'node:fs/promises';

import onnxProto from 'onnx-proto';

import type { GoldenTensor } from '../parity-case.js';
import { readNumbers } from './numbers.js';

const types = new Map<number, string>([
  ...([
    [1, 'float32'],
    [2, 'uint8'],
    [3, 'int8'],
    [4, 'uint16'],
    [5, 'int16'],
    [6, 'int32'],
  ] as const),
  ...([
    [7, 'int64'],
    [9, 'bool'],
    [11, 'float64'],
    [12, 'uint32'],
  ] as const),
]);

/** A tensor in a file of its own, as ONNX's tests have them. */
export async function readOnnxTensor(path: string): Promise<GoldenTensor> {
  const tensor = onnxProto.onnx.TensorProto.decode(await readFile(path));
  const shape = tensor.dims.map(Number);
  const type = types.get(tensor.dataType);
  if (type === undefined) throw new Error(`${path} holds no numbers`);
  if (tensor.rawData.length > 0) return { shape, data: readNumbers(tensor.rawData, type) };
  const listed = [tensor.floatData, tensor.int32Data, tensor.int64Data, tensor.doubleData, tensor.uint64Data];
  return { shape, data: Float32Array.from(listed.find(({ length }) => length > 0) ?? [], Number) };
}
