import { refusal } from '../../errors.js';
import type { Node } from '../../network/graph.js';
import type { Operation } from '../../network/operations.js';
import type { GraphBuilder } from '../graph-builder.js';
import { asIs, type StoredValue } from '../stored-value.js';
import { addActivation, addPRelu } from './activations.js';
import { addArithmetic, addConcatenate } from './joins.js';
import { addBatchNormalization, addLayerNormalization } from './normalizations.js';
import { addGru, addLstm, addSimpleRnn } from './recurrent.js';
import { addPad, addReduce, addRepeat, addReshape, addResize, addSlice, addSoftmax, addTranspose } from './shapes.js';
import { addConv, addConvTranspose, addPool } from './windows.js';
import { addDense, addEmbedding } from './tables.js';

/** Adds the ONNX nodes of one node of the network. */
export function addOperation(graph: GraphBuilder, node: Node, inputs: readonly StoredValue[]): StoredValue {
  const { operation } = node;
  const [input] = inputs;
  if (operation.kind === 'constant') {
    const { shape, data } = operation.value;
    const name = graph.floats(node.name, { shape: [1, ...shape], data });
    return { name, shape, order: asIs(shape.length), constant: true };
  }
  if (operation.kind === 'arithmetic') return addArithmetic(graph, operation, node.shape, inputs);
  if (operation.kind === 'concatenate') return addConcatenate(graph, operation, node.shape, inputs);
  if (!input || input.constant) throw refusal(`layer ${node.layer}: it computes with constants alone`);
  return addUnary(graph, node.name, operation, node.shape, input);
}

/** What takes one value. */
type Unary = Exclude<Operation, { kind: 'constant' | 'arithmetic' | 'concatenate' }>;

function addUnary(
  graph: GraphBuilder,
  name: string,
  operation: Unary,
  shape: readonly number[],
  input: StoredValue,
): StoredValue {
  switch (operation.kind) {
    case 'conv':
      return addConv(graph, name, operation, shape, input);
    case 'conv-transpose':
      return addConvTranspose(graph, name, operation, shape, input);
    case 'pool':
      return addPool(graph, operation, shape, input);
    case 'reduce':
      return addReduce(graph, operation, shape, input);
    case 'dense':
      return addDense(graph, name, operation, shape, input);
    case 'batch-normalization':
      return addBatchNormalization(graph, name, operation, input);
    case 'layer-normalization':
      return addLayerNormalization(graph, name, operation, input);
    case 'activate':
      return { ...input, name: addActivation(graph, operation, input.name) };
    case 'prelu':
      return addPRelu(graph, name, operation, input);
    case 'softmax':
      return addSoftmax(graph, operation, input);
    case 'reshape':
      return addReshape(graph, shape, input);
    case 'transpose':
      return addTranspose(operation, shape, input);
    case 'pad':
      return addPad(graph, operation, shape, input);
    case 'slice':
      return addSlice(graph, operation, shape, input);
    case 'repeat':
      return addRepeat(graph, operation, shape, input);
    case 'resize-bilinear':
      return addResize(graph, operation, shape, input);
    case 'embedding':
      return addEmbedding(graph, name, operation, shape, input);
    case 'lstm':
      return addLstm(graph, name, operation, shape, input);
    case 'gru':
      return addGru(graph, name, operation, shape, input);
    case 'simple-rnn':
      return addSimpleRnn(graph, name, operation, shape, input);
  }
}
