import { refusal } from '../../errors.js';
import type { Activation, Gru, Lstm, SimpleRnn } from '../../network/operations.js';
import { permute } from '../../network/permute.js';
import type { Tensor } from '../../network/tensor.js';
import type { Attributes, GraphBuilder } from '../graph-builder.js';
import { asIs, inOrder, type StoredValue } from '../stored-value.js';

/** ONNX has the gates as input, output, forget, cell; Keras as input, forget, cell, output. */
export function addLstm(
  graph: GraphBuilder,
  layer: string,
  cell: Lstm,
  shape: readonly number[],
  input: StoredValue,
): StoredValue {
  const gates = [0, 3, 1, 2];
  const functions = [cell.recurrentActivation, cell.activation, cell.activation];
  return addRecurrent(graph, layer, { opType: 'LSTM', cell, gates, functions, attributes: {} }, shape, input);
}

/** Both have the gates as update, reset, candidate. */
export function addGru(
  graph: GraphBuilder,
  layer: string,
  cell: Gru,
  shape: readonly number[],
  input: StoredValue,
): StoredValue {
  const attributes = { linear_before_reset: { int: Number(cell.resetAfter) } };
  const functions = [cell.recurrentActivation, cell.activation];
  return addRecurrent(graph, layer, { opType: 'GRU', cell, gates: [0, 1, 2], functions, attributes }, shape, input);
}

export function addSimpleRnn(
  graph: GraphBuilder,
  layer: string,
  cell: SimpleRnn,
  shape: readonly number[],
  input: StoredValue,
): StoredValue {
  const functions = [cell.activation];
  return addRecurrent(graph, layer, { opType: 'RNN', cell, gates: [0], functions, attributes: {} }, shape, input);
}

interface Recurrent {
  opType: 'LSTM' | 'GRU' | 'RNN';
  cell: Lstm | Gru | SimpleRnn;
  /** For each gate of ONNX, which of Keras it is. */
  gates: readonly number[];
  functions: readonly (Activation | 'linear')[];
  attributes: Attributes;
}

/** ONNX has steps before the batch, and a second axis for the directions, of which there is one. */
function addRecurrent(
  graph: GraphBuilder,
  layer: string,
  { opType, cell, gates, functions, attributes }: Recurrent,
  shape: readonly number[],
  input: StoredValue,
): StoredValue {
  const values = inOrder(graph, input, asIs(2));
  const steps = graph.node('Transpose', [values], { perm: { ints: [1, 0, 2] } });
  const units = cell.recurrentKernel.shape[0]!;
  const states = graph.node(
    opType,
    [
      steps,
      graph.floats(`${layer}/kernel`, kernelOf(cell.kernel, gates)),
      graph.floats(`${layer}/recurrent-kernel`, kernelOf(cell.recurrentKernel, gates)),
      graph.floats(`${layer}/bias`, biasOf(cell, gates)),
    ],
    {
      ...attributes,
      ...activationAttributes(layer, functions),
      hidden_size: { int: units },
      direction: { string: cell.reverse ? 'reverse' : 'forward' },
    },
  );
  const oneDirection = graph.node('Squeeze', [states, graph.integers('directions', [1])]);
  const name = graph.node('Transpose', [oneDirection], { perm: { ints: [1, 0, 2] } });
  return { name, shape, order: asIs(2), constant: false };
}

/** [values, gates * units] of Keras as [1, gates * units, values]. */
function kernelOf(kernel: Tensor, gates: readonly number[]): Tensor {
  const { shape, data } = permute(kernel, [1, 0]);
  const [rows, values] = shape as [number, number];
  return { shape: [1, rows, values], data: inGateOrder(data, gates) };
}

/** The biases of the kernel and, after them, those of the recurrent kernel. */
function biasOf(cell: Recurrent['cell'], gates: readonly number[]): Tensor {
  const count = cell.kernel.shape[1]!;
  const data = new Float32Array(2 * count);
  if (cell.bias) data.set(inGateOrder(cell.bias.data, gates));
  if (cell.kind === 'gru' && cell.recurrentBias) data.set(inGateOrder(cell.recurrentBias.data, gates), count);
  return { shape: [1, 2 * count], data };
}

function inGateOrder(data: Float32Array, gates: readonly number[]): Float32Array {
  const size = data.length / gates.length;
  const ordered = new Float32Array(data.length);
  gates.forEach((gate, to) => ordered.set(data.subarray(gate * size, (gate + 1) * size), to * size));
  return ordered;
}

/** By name, and the numbers of those that have some, one after the other. */
function activationAttributes(layer: string, functions: readonly (Activation | 'linear')[]): Attributes {
  const known = functions.map((activation) => toCellActivation(layer, activation));
  const [alphas, betas] = [known.flatMap(({ alpha = [] }) => alpha), known.flatMap(({ beta = [] }) => beta)];
  return {
    activations: { strings: known.map(({ name }) => name) },
    ...(alphas.length > 0 && { activation_alpha: { floats: alphas } }),
    ...(betas.length > 0 && { activation_beta: { floats: betas } }),
  };
}

interface CellActivation {
  name: string;
  alpha?: number;
  beta?: number;
}

const withoutNumbers = new Map<Activation['function'], string>([
  ['sigmoid', 'Sigmoid'],
  ['tanh', 'Tanh'],
  ['softplus', 'Softplus'],
  ['softsign', 'Softsign'],
]);

function toCellActivation(layer: string, activation: Activation | 'linear'): CellActivation {
  if (activation === 'linear') return { name: 'Affine', alpha: 1, beta: 0 };
  const name = withoutNumbers.get(activation.function);
  if (name !== undefined) return { name };
  if (activation.function === 'elu') return { name: 'Elu', alpha: activation.alpha };
  if (activation.function === 'hard-sigmoid')
    return { name: 'HardSigmoid', alpha: activation.alpha, beta: activation.beta };
  if (activation.function === 'relu' && activation.threshold === 0 && activation.most === Infinity)
    return activation.slope === 0 ? { name: 'Relu' } : { name: 'LeakyRelu', alpha: activation.slope };
  throw refusal(`layer ${layer}: the activation ${activation.function} is not supported inside a recurrent layer`);
}
