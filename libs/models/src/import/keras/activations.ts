import { z } from 'zod';

import type { Value } from '../../network/graph.js';
import type { Activation } from '../../network/operations.js';
import type { FileFacts } from './layer-config.js';
import type { LayerCall } from './layer.js';

/** Activations by the name that Keras gives them, in all versions. */
export const activationNames = [
  'linear',
  'relu',
  'relu6',
  'leaky_relu',
  'elu',
  'selu',
  'gelu',
  'silu',
  'swish',
  'mish',
  'sigmoid',
  'hard_sigmoid',
  'hard_silu',
  'hard_swish',
  'tanh',
  'hard_tanh',
  'softmax',
  'log_softmax',
  'softplus',
  'softsign',
  'exponential',
  'log_sigmoid',
] as const;
type ActivationName = (typeof activationNames)[number];

const name = z.enum(activationNames);
const functionObject = z.object({
  class_name: z.literal('function'),
  module: z.string().regex(/^(keras|tensorflow|builtins)/).nullish(),
  config: name,
});

/** As an option: the name, or the object that newer versions write around it. */
export const activationOption = z.union([
  name,
  functionObject.transform(({ config }) => config),
  z.null().transform((): ActivationName => 'linear'),
]);

const pointwise: Readonly<Record<string, Activation>> = {
  relu: relu({}),
  relu6: relu({ most: 6 }),
  leaky_relu: relu({ slope: 0.2 }),
  elu: { function: 'elu', alpha: 1 },
  selu: { function: 'selu' },
  gelu: { function: 'gelu', approximate: false },
  silu: { function: 'swish' },
  swish: { function: 'swish' },
  mish: { function: 'mish' },
  sigmoid: { function: 'sigmoid' },
  tanh: { function: 'tanh' },
  hard_tanh: { function: 'clip', least: -1, most: 1 },
  softplus: { function: 'softplus' },
  softsign: { function: 'softsign' },
  exponential: { function: 'exponential' },
};

/** `x` between `threshold` and `most`; see the operation. */
export function relu({ slope = 0, threshold = 0, most = Infinity }): Activation {
  return { function: 'relu', slope, threshold, most };
}

/** Keras 3 has a steeper one. */
function hardSigmoid({ keras }: FileFacts): Activation {
  return { function: 'hard-sigmoid', alpha: keras >= 3 ? 1 / 6 : 0.2, beta: 0.5 };
}

/** The activation as one operation on every value; undefined where it is not. */
export function asPointwise(activation: ActivationName, file: FileFacts): Activation | 'linear' | undefined {
  if (activation === 'linear') return 'linear';
  return activation === 'hard_sigmoid' ? hardSigmoid(file) : pointwise[activation];
}

/** `value` after an activation, with whatever nodes that takes. */
export function activated({ add, file }: LayerCall<unknown>, activation: ActivationName, value: Value): Value {
  const simple = asPointwise(activation, file);
  if (simple === 'linear') return value;
  if (simple) return add({ kind: 'activate', ...simple }, value);
  if (activation === 'softmax' || activation === 'log_softmax')
    return add({ kind: 'softmax', axis: value.shape.length - 1, logarithm: activation === 'log_softmax' }, value);
  if (activation === 'log_sigmoid') {
    const negated = add({ kind: 'activate', function: 'negate' }, value);
    return add({ kind: 'activate', function: 'negate' }, add({ kind: 'activate', function: 'softplus' }, negated));
  }
  // hard_silu and hard_swish: x times the hard sigmoid of Keras 3.
  const gate = add({ kind: 'activate', ...hardSigmoid({ ...file, keras: 3 }) }, value);
  return add({ kind: 'arithmetic', operator: 'multiply' }, value, gate);
}
