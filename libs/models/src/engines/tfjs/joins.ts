import type { Tensor as TfTensor } from '@tensorflow/tfjs-core';

import type { Arithmetic, Concatenate } from '../../network/operations.js';
import type { Tf } from '../load-tfjs.js';
import type { TfOperation } from './tf-operation.js';

export function arithmetic(tf: Tf, { operator }: Arithmetic, rank: number): TfOperation {
  const function_ = tf[functions[operator]];
  return { weights: [], apply: ([a, b]) => function_(withRank(tf, a!, rank), withRank(tf, b!, rank)) };
}

const functions = {
  add: 'add',
  subtract: 'sub',
  multiply: 'mul',
  divide: 'div',
  maximum: 'maximum',
  minimum: 'minimum',
  power: 'pow',
} as const;

/** Shapes are aligned from the last axis on, the batch axis apart. */
function withRank(tf: Tf, value: TfTensor, rank: number): TfTensor {
  const [rows, ...shape] = value.shape;
  return tf.reshape(value, [rows, ...Array<number>(rank - shape.length).fill(1), ...shape]);
}

export function concatenate(tf: Tf, { axis }: Concatenate, constants: readonly boolean[]): TfOperation {
  const leader = constants.indexOf(false);
  return {
    weights: [],
    apply: (inputs) => {
      const rows = inputs[leader]?.shape[0] ?? 1;
      return tf.concat(
        inputs.map((input, i) => (constants[i] ? repeatedRows(tf, input, rows) : input)),
        axis + 1,
      );
    },
  };
}

/** A constant, once for each row. */
export function repeatedRows(tf: Tf, constant: TfTensor, rows: number): TfTensor {
  return tf.tile(constant, [rows, ...constant.shape.slice(1).map(() => 1)]);
}
