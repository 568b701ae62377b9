import type { Activation } from '../../network/operations.js';
import type { Call } from './call.js';
import { knownFloats, rankOf, type Flow, type GraphValue } from './graph-value.js';

const relu = (most = Infinity, slope = 0): Activation => ({ function: 'relu', slope, threshold: 0, most });

/** What each operation does to a number. */
export const plainActivations = new Map<string, readonly Activation[]>([
  ['Relu', [relu()]],
  ['Relu6', [relu(6)]],
  ['Elu', [{ function: 'elu', alpha: 1 }]],
  ['Selu', [{ function: 'selu' }]],
  ['Sigmoid', [{ function: 'sigmoid' }]],
  ['Tanh', [{ function: 'tanh' }]],
  ['Softplus', [{ function: 'softplus' }]],
  ['Softsign', [{ function: 'softsign' }]],
  ['Exp', [{ function: 'exponential' }]],
  ['Log', [{ function: 'logarithm' }]],
  ['Sqrt', [{ function: 'square-root' }]],
  ['Rsqrt', [{ function: 'square-root' }, { function: 'reciprocal' }]],
  ['Abs', [{ function: 'absolute' }]],
  ['Neg', [{ function: 'negate' }]],
  ['Square', [{ function: 'square' }]],
  ['Reciprocal', [{ function: 'reciprocal' }]],
  ['Inv', [{ function: 'reciprocal' }]],
]);

/** What is worked out of constants: only what rounds alike everywhere. */
const ofConstants: Partial<Record<Activation['function'], (value: number) => number>> = {
  'square-root': (value) => Math.fround(Math.sqrt(value)),
  reciprocal: (value) => Math.fround(1 / value),
  absolute: Math.abs,
  negate: (value) => -value,
  square: (value) => Math.fround(value * value),
};

export function activate(activations: readonly Activation[]) {
  return (call: Call): GraphValue => {
    const value = call.input(0);
    if (value.kind === 'flow') return apply(call, call.flow(0), ...activations);
    if (value.kind !== 'floats') return call.refuse('its input is of integers, which is not supported');
    const steps = activations.map(
      (activation) =>
        ofConstants[activation.function] ?? call.refuse('it is applied to a constant, which is not supported'),
    );
    return knownFloats(
      value.shape,
      value.values.map((number) => steps.reduce((result, step) => step(result), number)),
    );
  };
}

export function leakyRelu(call: Call): GraphValue {
  return apply(call, call.flow(0), relu(Infinity, call.attributes.float('alpha', 0.2)));
}

export function clip(call: Call): GraphValue {
  const [least, most] = [call.scalar(1), call.scalar(2)];
  if (!(least <= most)) call.refuse(`it keeps values between ${least} and ${most}`);
  return apply(call, call.flow(0), { function: 'clip', least, most });
}

export function prelu(call: Call): GraphValue {
  return preluOf(call, call.flow(0), 1);
}

export function softmax(logarithm: boolean) {
  return (call: Call): GraphValue => {
    const flow = call.flow(0);
    return call.add({ kind: 'softmax', axis: call.axis(-1, rankOf(flow)) - 1, logarithm }, flow);
  };
}

/** What is fused to a convolution or a product by the name of its activation; `next` is the first input left. */
export function applyFused(call: Call, flow: Flow, name: string | undefined, next: number): Flow {
  if (name === undefined) return flow;
  if (name === 'Prelu') return preluOf(call, flow, next);
  if (name === 'LeakyRelu') return apply(call, flow, relu(Infinity, call.attributes.float('leakyrelu_alpha', 0.2)));
  const activations = fusible.has(name) ? plainActivations.get(name) : undefined;
  return apply(call, flow, ...(activations ?? call.refuse(`fused_ops = ${name} is not supported`)));
}

const fusible = new Set(['Relu', 'Relu6', 'Elu', 'Sigmoid', 'Tanh']);

function preluOf(call: Call, flow: Flow, index: number): Flow {
  const slope = call.floats(index);
  const shape = slope.shape.length === rankOf(flow) && slope.shape[0] === 1 ? slope.shape.slice(1) : slope.shape;
  if (shape.length >= rankOf(flow)) call.refuse('its slopes have more axes than its input');
  return call.add({ kind: 'prelu', slope: { ...slope, shape } }, flow);
}

function apply(call: Call, flow: Flow, ...activations: readonly Activation[]): Flow {
  return activations.reduce((result, activation) => call.add({ kind: 'activate', ...activation }, result), flow);
}
