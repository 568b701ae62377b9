import type { Node } from '../network/graph.js';
import { valueCount } from '../network/tensor.js';
import { activate } from './activations.js';
import { arithmetic } from './arithmetic.js';
import { rowsTogether, type Batch } from './batch.js';
import { conv } from './conv.js';
import { convTranspose } from './conv-transpose.js';
import { dense } from './dense.js';
import { embedding } from './embedding.js';
import { batchNormalization, layerNormalization } from './normalization.js';
import { pool } from './pool.js';
import { prelu } from './prelu.js';
import { recurrent } from './recurrent.js';
import { reduce } from './reduce.js';
import { resizeBilinear } from './resize-bilinear.js';
import { concatenate, pad, repeat, slice, transpose } from './shapes.js';
import { softmax } from './softmax.js';

/** What a node gives. */
export function applyOperation(node: Node, inputs: readonly Batch[]): Batch {
  const data = valuesOf(node, inputs);
  const { constant, rows } = rowsTogether(inputs);
  // Only reshaping changes how many rows there are.
  const rowsNow = node.operation.kind === 'reshape' ? data.length / valueCount(node.shape) : rows;
  if (!Number.isInteger(rowsNow)) throw new RangeError(`${rows} rows cannot be regrouped by layer ${node.layer}`);
  return { shape: node.shape, rows: rowsNow, constant, data };
}

function valuesOf({ operation, shape }: Node, inputs: readonly Batch[]): Float32Array {
  if (operation.kind === 'constant') return operation.value.data;
  const input = inputs[0]!;
  switch (operation.kind) {
    case 'conv':
      return conv(operation, input, shape);
    case 'conv-transpose':
      return convTranspose(operation, input, shape);
    case 'pool':
      return pool(operation, input, shape);
    case 'reduce':
      return reduce(operation, input);
    case 'dense':
      return dense(operation, input);
    case 'batch-normalization':
      return batchNormalization(operation, input);
    case 'layer-normalization':
      return layerNormalization(operation, input);
    case 'activate':
      return activate(operation, input.data);
    case 'prelu':
      return prelu(operation, input);
    case 'softmax':
      return softmax(operation, input);
    case 'arithmetic':
      return arithmetic(operation, input, inputs[1]!, shape);
    case 'concatenate':
      return concatenate(operation, inputs, shape);
    case 'reshape':
      return input.data;
    case 'transpose':
      return transpose(operation, input);
    case 'pad':
      return pad(operation, input);
    case 'slice':
      return slice(operation, input);
    case 'repeat':
      return repeat(operation, input);
    case 'resize-bilinear':
      return resizeBilinear(operation, input);
    case 'embedding':
      return embedding(operation, input);
    case 'lstm':
    case 'gru':
    case 'simple-rnn':
      return recurrent(operation, input);
  }
}
