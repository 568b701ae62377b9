import type { Activation, PRelu } from '../../network/operations.js';
import type { GraphBuilder } from '../graph-builder.js';
import { broadcastConstant, type StoredValue } from '../stored-value.js';

/** Adds the nodes of an activation and returns the name of their result. */
export function addActivation(graph: GraphBuilder, activation: Activation, input: string): string {
  switch (activation.function) {
    case 'sigmoid':
    case 'tanh':
    case 'selu':
    case 'softplus':
    case 'softsign':
    case 'exponential':
    case 'absolute':
    case 'negate':
    case 'square-root':
    case 'logarithm':
    case 'reciprocal':
      return graph.node(operators[activation.function], [input]);
    case 'square':
      return graph.node('Mul', [input, input]);
    case 'swish':
      return graph.node('Mul', [input, graph.node('Sigmoid', [input])]);
    case 'mish':
      return graph.node('Mul', [input, graph.node('Tanh', [graph.node('Softplus', [input])])]);
    case 'relu':
      return addRelu(graph, activation, input);
    case 'elu':
      return graph.node('Elu', [input], { alpha: { float: activation.alpha } });
    case 'gelu':
      return activation.approximate ? addGeluByTanh(graph, input) : addGelu(graph, input);
    case 'hard-sigmoid':
      return graph.node('HardSigmoid', [input], {
        alpha: { float: activation.alpha },
        beta: { float: activation.beta },
      });
    case 'thresholded-relu':
      return graph.node('ThresholdedRelu', [input], { alpha: { float: activation.theta } });
    case 'clip':
      return addClip(graph, input, activation.least, activation.most);
  }
}

const operators = {
  sigmoid: 'Sigmoid',
  tanh: 'Tanh',
  selu: 'Selu',
  softplus: 'Softplus',
  softsign: 'Softsign',
  exponential: 'Exp',
  absolute: 'Abs',
  negate: 'Neg',
  'square-root': 'Sqrt',
  logarithm: 'Log',
  reciprocal: 'Reciprocal',
} as const;

type Relu = Extract<Activation, { function: 'relu' }>;

function addRelu(graph: GraphBuilder, { slope, threshold, most }: Relu, input: string): string {
  const capped = most === Infinity ? input : graph.node('Min', [input, number(graph, most)]);
  if (threshold === 0 && slope === 0) return graph.node('Relu', [capped]);
  if (threshold === 0 && most === Infinity) return graph.node('LeakyRelu', [input], { alpha: { float: slope } });
  const passes = graph.node('GreaterOrEqual', [input, number(graph, threshold)]);
  const below = graph.node('Mul', [graph.node('Sub', [input, number(graph, threshold)]), number(graph, slope)]);
  return graph.node('Where', [passes, capped, below]);
}

/** `x / 2 (1 + erf(x / sqrt(2)))` */
function addGelu(graph: GraphBuilder, input: string): string {
  const erf = graph.node('Erf', [graph.node('Mul', [input, number(graph, Math.SQRT1_2)])]);
  return addHalved(graph, input, erf);
}

/** `x / 2 (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3)))` */
function addGeluByTanh(graph: GraphBuilder, input: string): string {
  const square = graph.node('Mul', [input, input]);
  const factor = graph.node('Add', [graph.node('Mul', [square, number(graph, 0.044715)]), number(graph, 1)]);
  const inner = graph.node('Mul', [graph.node('Mul', [input, factor]), number(graph, Math.sqrt(2 / Math.PI))]);
  return addHalved(graph, input, graph.node('Tanh', [inner]));
}

/** `x / 2 (1 + y)` */
function addHalved(graph: GraphBuilder, x: string, y: string): string {
  const half = graph.node('Mul', [x, number(graph, 0.5)]);
  return graph.node('Mul', [half, graph.node('Add', [y, number(graph, 1)])]);
}

function addClip(graph: GraphBuilder, input: string, least: number, most: number): string {
  return graph.node('Clip', [input, number(graph, least), number(graph, most)]);
}

export function addPRelu(graph: GraphBuilder, layer: string, { slope }: PRelu, input: StoredValue): StoredValue {
  const slopes = broadcastConstant(graph, `${layer}/slope`, slope, input.order);
  return { ...input, name: graph.node('PRelu', [input.name, slopes]) };
}

function number(graph: GraphBuilder, value: number): string {
  return graph.floats('number', { shape: [], data: Float32Array.of(value) });
}
