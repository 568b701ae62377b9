import { readFileSync } from 'node:fs';

import type { Network } from '../../src/network/graph.js';
import { NetworkBuilder } from '../../src/network/network-builder.js';
import type { Operation } from '../../src/network/operations.js';
import type { Tensor } from '../../src/network/tensor.js';

/** One operation, and what Keras or TensorFlow gives for two rows. Shapes of inputs and output have no batch axis. */
export interface KerasCase {
  name: string;
  operation: Operation;
  inputs: readonly Tensor[];
  output: Tensor;
}

export const kerasRows = 2;

/** The cases of keras.json, which make-keras.py has written. */
export function readKerasCases(): KerasCase[] {
  const text = readFileSync(new URL('keras.json', import.meta.url), 'utf8');
  return JSON.parse(text, (key, value: unknown) =>
    key === 'data' ? Float32Array.from(value as number[]) : value,
  ) as KerasCase[];
}

/** A network of one operation. */
export function networkOf(operation: Operation, ...inputShapes: readonly (readonly number[])[]): Network {
  const builder = new NetworkBuilder();
  const inputs = inputShapes.map((shape, i) => builder.input(`input_${i}`, shape));
  return builder.finish(new Map([['output', builder.add('layer', operation, ...inputs)]]));
}
