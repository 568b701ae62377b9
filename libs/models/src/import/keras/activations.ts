import { z } from 'zod';

import type { Value } from '../../network/graph.js';
import type { Activation } from '../../network/operations.js';
import { common, number, withoutTraining } from './options.js';
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

const reluOptions = z.strictObject({
  ...common,
  max_value: number.nullish(),
  negative_slope: number.nullish(),
  threshold: number.nullish(),
});
const leakyReluOptions = z
  .strictObject({ ...common, alpha: number.optional(), negative_slope: number.optional() })
  .refine(({ alpha, negative_slope }) => alpha === undefined || negative_slope === undefined, {
    path: ['alpha'],
    message: 'must not stand beside negative_slope',
  });

/** Layers of one operation on every value: their options, and that operation. */
export const pointwiseLayers = {
  ReLU: reluOptions.transform(({ max_value, negative_slope, threshold }) =>
    relu({ slope: negative_slope ?? 0, threshold: threshold ?? 0, most: max_value ?? Infinity }),
  ),
  LeakyReLU: leakyReluOptions.transform(({ alpha, negative_slope }) => relu({ slope: alpha ?? negative_slope ?? 0.3 })),
  ELU: z
    .strictObject({ ...common, alpha: number.default(1) })
    .transform(({ alpha }): Activation => ({ function: 'elu', alpha })),
  ThresholdedReLU: z
    .strictObject({ ...common, theta: number.default(1) })
    .transform(({ theta }): Activation => ({ function: 'thresholded-relu', theta })),
};

const name = z.enum(activationNames);
const functionObject = z.object({
  class_name: z.literal('function'),
  module: z
    .string()
    .regex(/^(keras|tensorflow|builtins)(\.|$)/)
    .nullish(),
  config: name,
});
const layerObjects = Object.entries(pointwiseLayers).map(([className, config]) =>
  z
    .object({ class_name: z.literal(className), config: z.preprocess(withoutTraining, config) })
    .transform((layer) => layer.config),
);

/** As an option: the name, the object that newer versions write around it, or a layer in its place. */
export const activationOption = z.union([
  name,
  functionObject.transform(({ config }) => config),
  z.null().transform((): ActivationName => 'linear'),
  ...layerObjects,
]);
export type ActivationOption = ActivationName | Activation;

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
export function asPointwise(activation: ActivationOption, file: FileFacts): Activation | 'linear' | undefined {
  if (typeof activation === 'object' || activation === 'linear') return activation;
  return activation === 'hard_sigmoid' ? hardSigmoid(file) : pointwise[activation];
}

/** `value` after an activation, with whatever nodes that takes. */
export function activated({ add, file }: LayerCall<unknown>, activation: ActivationOption, value: Value): Value {
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
