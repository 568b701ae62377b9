import type { Dense, Embedding } from '../../network/operations.js';
import type { Tf } from '../load-tfjs.js';
import { present, toTf, type TfOperation } from './tf-operation.js';

export function dense(tf: Tf, { kernel, bias }: Dense): TfOperation {
  const [matrix, offset] = [toTf(tf, kernel), bias && toTf(tf, bias)];
  const [valuesIn, valuesOut] = [kernel.shape[0]!, kernel.shape[1]!];
  return {
    weights: present(matrix, offset),
    apply: ([x]) => {
      const product = tf.matMul(tf.reshape(x!, [-1, valuesIn]), matrix);
      const output = tf.reshape(product, [...x!.shape.slice(0, -1), valuesOut]);
      return offset ? tf.add(output, offset) : output;
    },
  };
}

export function embedding(tf: Tf, { table }: Embedding): TfOperation {
  const rows = toTf(tf, table);
  return { weights: [rows], apply: ([numbers]) => tf.gather(rows, tf.cast(numbers!, 'int32')) };
}
