import type { Activation } from '../network/operations.js';
import { erf } from './erf.js';

export type ScalarFunction = (x: number) => number;

/** An activation by its definition, in 64-bit floats. */
export function scalarFunction(activation: Activation | 'linear'): ScalarFunction {
  if (activation === 'linear') return (x) => x;
  switch (activation.function) {
    case 'relu': {
      const { slope, threshold, most } = activation;
      return (x) => (x >= most ? most : x >= threshold ? x : slope * (x - threshold));
    }
    case 'elu':
      return (x) => (x > 0 ? x : activation.alpha * Math.expm1(x));
    case 'gelu':
      return activation.approximate ? geluByTanh : gelu;
    case 'hard-sigmoid':
      return (x) => Math.min(1, Math.max(0, activation.alpha * x + activation.beta));
    case 'thresholded-relu':
      return (x) => (x > activation.theta ? x : 0);
    case 'clip':
      return (x) => Math.min(activation.most, Math.max(activation.least, x));
    case 'sigmoid':
    case 'tanh':
    case 'selu':
    case 'softplus':
    case 'softsign':
    case 'swish':
    case 'mish':
    case 'exponential':
    case 'absolute':
    case 'negate':
    case 'square':
    case 'square-root':
    case 'logarithm':
    case 'reciprocal':
      return plainFunctions[activation.function];
  }
}

export function activate(activation: Activation, data: Float32Array): Float32Array {
  const apply = scalarFunction(activation);
  const output = new Float32Array(data.length);
  for (let i = 0; i < data.length; i++) output[i] = apply(data[i]!);
  return output;
}

const sigmoid: ScalarFunction = (x) => 1 / (1 + Math.exp(-x));
const softplus: ScalarFunction = (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
/** Klambauer et al., Self-Normalizing Neural Networks, 2017. */
const [seluScale, seluAlpha] = [1.0507009873554805, 1.6732632423543772];

const plainFunctions = {
  sigmoid,
  tanh: Math.tanh,
  selu: (x: number) => seluScale * (x > 0 ? x : seluAlpha * Math.expm1(x)),
  softplus,
  softsign: (x: number) => x / (1 + Math.abs(x)),
  swish: (x: number) => x * sigmoid(x),
  mish: (x: number) => x * Math.tanh(softplus(x)),
  exponential: Math.exp,
  absolute: Math.abs,
  negate: (x: number) => -x,
  square: (x: number) => x * x,
  'square-root': Math.sqrt,
  logarithm: Math.log,
  reciprocal: (x: number) => 1 / x,
} satisfies Record<string, ScalarFunction>;

function gelu(x: number): number {
  return 0.5 * x * (1 + erf(x / Math.SQRT2));
}

function geluByTanh(x: number): number {
  return 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)));
}
