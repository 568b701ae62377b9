import { z } from 'zod';

import type { Activation } from '../../../network/operations.js';
import { activated, relu, type ActivationOption } from '../activations.js';
import { axisOf, layerKind, type LayerKind } from '../layer.js';
import { axis, flag } from '../options.js';
import { ofOne } from './operands.js';

function pointwise<S extends z.ZodRawShape>(
  options: S,
  toActivation: (options: z.infer<z.ZodObject<S>>) => Activation,
): LayerKind {
  return layerKind(z.strictObject({ ...ofOne, ...options }), {
    mask: 'matters',
    apply: ({ options: given, input, add }) =>
      add({ kind: 'activate', ...toActivation(given as unknown as z.infer<z.ZodObject<S>>) }, input),
  });
}

const plain = (activation: Activation) => pointwise({}, () => activation);

function named(activation: ActivationOption): LayerKind {
  return layerKind(z.strictObject(ofOne), {
    mask: 'matters',
    // They are those of Keras 3, also where tf.keras has written the file.
    apply: (call) => activated({ ...call, file: { ...call.file, keras: 3 } }, activation, call.input),
  });
}

function softmax(logarithm: boolean): LayerKind {
  return layerKind(z.strictObject({ ...ofOne, axis: axis.default(-1) }), {
    mask: 'matters',
    apply: (call) => call.add({ kind: 'softmax', axis: axisOf(call, call.options.axis), logarithm }, call.input),
  });
}

/** Operators of one number in, one number out. */
export const pointwiseOperators: Record<string, LayerKind> = {
  Absolute: plain({ function: 'absolute' }),
  Negative: plain({ function: 'negate' }),
  Exp: plain({ function: 'exponential' }),
  Log: plain({ function: 'logarithm' }),
  Sqrt: plain({ function: 'square-root' }),
  Square: plain({ function: 'square' }),
  Reciprocal: plain({ function: 'reciprocal' }),
  Rsqrt: layerKind(z.strictObject(ofOne), {
    mask: 'matters',
    apply: ({ input, add }) =>
      add({ kind: 'activate', function: 'reciprocal' }, add({ kind: 'activate', function: 'square-root' }, input)),
  }),
  Clip: pointwise({ x_min: z.number(), x_max: z.number() }, ({ x_min, x_max }) => ({
    function: 'clip',
    least: x_min,
    most: x_max,
  })),
  Relu: named('relu'),
  Relu6: named('relu6'),
  LeakyRelu: pointwise({ negative_slope: z.number().default(0.2) }, ({ negative_slope }) =>
    relu({ slope: negative_slope }),
  ),
  Elu: pointwise({ alpha: z.number().default(1) }, ({ alpha }) => ({ function: 'elu', alpha })),
  Selu: named('selu'),
  Gelu: pointwise({ approximate: flag(true) }, ({ approximate }) => ({ function: 'gelu', approximate })),
  Silu: named('silu'),
  Sigmoid: named('sigmoid'),
  HardSigmoid: named('hard_sigmoid'),
  HardSilu: named('hard_silu'),
  LogSigmoid: named('log_sigmoid'),
  Tanh: named('tanh'),
  HardTanh: named('hard_tanh'),
  Softplus: named('softplus'),
  Softsign: named('softsign'),
  Softmax: softmax(false),
  LogSoftmax: softmax(true),
};
