import { z } from 'zod';

import type { Value } from '../../../network/graph.js';
import type { Activation, Gru, Lstm, SimpleRnn } from '../../../network/operations.js';
import type { Tensor } from '../../../network/tensor.js';
import { activationOption, asPointwise, type ActivationOption } from '../activations.js';
import { layerKind, requireRank, type LayerCall, type LayerKind } from '../layer.js';
import { common, flag, ignored, size } from '../options.js';
import { fromCudnnKernel, halves, summedHalves } from '../cudnn-weights.js';
import { apart, gruGates, joinedGates, lstmGates } from '../gates-apart.js';

const cell = {
  ...common,
  units: size,
  use_bias: flag(true),
  return_sequences: flag(false),
  go_backwards: flag(false),
  return_state: z.literal(false).optional(),
  stateful: z.literal(false).optional(),
  time_major: z.literal(false).optional(),
  dropout: ignored,
  recurrent_dropout: ignored,
  implementation: ignored,
  unroll: ignored,
  seed: ignored,
  use_cudnn: ignored,
  unit_forget_bias: ignored,
  zero_output_for_mask: ignored,
  input_dim: ignored,
  input_length: ignored,
};
const gated = {
  ...cell,
  /** Of Keras 1, unless it was to consume less on GPUs. */
  gates_apart: flag(false),
  activation: activationOption.default('tanh'),
  recurrent_activation: activationOption.default('sigmoid'),
};

interface Cell {
  units: number;
  use_bias: boolean;
  return_sequences: boolean;
  go_backwards: boolean;
}

/** The values of a sequence, [steps, values], in the order of their steps or the other. */
export function reversedSteps({ add, site }: LayerCall<unknown>, value: Value): Value {
  const before = site.reversals.get(value);
  if (before) return before;
  const [steps, values] = [value.shape[0]!, value.shape[1]!];
  const axes = [
    { start: steps - 1, end: -1, step: -1 },
    { start: 0, end: values, step: 1 },
  ];
  const reversed = add({ kind: 'slice', axes }, value);
  site.reversals.set(reversed, value);
  return reversed;
}

/** What Keras gives of the states after each step: all in the order in which they were made, or the last one made. */
function given(call: LayerCall<Cell>, operation: Lstm | Gru | SimpleRnn): Value {
  const { add, input, options } = call;
  const states = add(operation, input);
  if (options.return_sequences) return options.go_backwards ? reversedSteps(call, states) : states;
  const last = options.go_backwards ? 0 : states.shape[0]! - 1;
  const axes = [
    { start: last, end: last + 1, step: 1 },
    { start: 0, end: options.units, step: 1 },
  ];
  return add({ kind: 'reshape', shape: [options.units] }, add({ kind: 'slice', axes }, states));
}

function gate({ file, refuse }: LayerCall<unknown>, option: ActivationOption): Activation | 'linear' {
  const activation = asPointwise(option, file);
  if (activation) return activation;
  throw refuse(
    `the activation ${typeof option === 'string' ? option : option.function} inside of a recurrent layer is not supported`,
  );
}

const kernels = ({ use_bias }: { use_bias: boolean }) => ['kernel', 'recurrent_kernel', ...(use_bias ? ['bias'] : [])];

/** The shapes of the weights of a layer with so many gates. */
function shapes({ input, options: { units, use_bias } }: LayerCall<Cell>, gates: number, bias = [gates * units]) {
  return {
    kernel: [input.shape.at(-1)!, gates * units],
    recurrent_kernel: [units, gates * units],
    bias: use_bias ? bias : undefined,
  };
}

/** Layers that keep a state from step to step. */
export const recurrentLayers: Record<string, LayerKind> = {
  SimpleRNN: layerKind(z.strictObject({ ...cell, activation: activationOption.default('tanh') }), {
    weights: kernels,
    mask: 'matters',
    apply: (call) => {
      requireRank(call, 2);
      const { kernel, recurrent_kernel: recurrentKernel, bias } = call.take(shapes(call, 1));
      const [activation, reverse] = [gate(call, call.options.activation), call.options.go_backwards];
      return given(call, { kind: 'simple-rnn', kernel, recurrentKernel, bias, activation, reverse });
    },
  }),
  LSTM: layerKind(z.strictObject(gated), {
    weights: (options) => (options.gates_apart ? apart(lstmGates) : kernels(options)),
    mask: 'matters',
    apply: (call) => {
      requireRank(call, 2);
      const weights = call.options.gates_apart ? joinedGates(call, ['i', 'f', 'c', 'o']) : call.take(shapes(call, 4));
      const { kernel, recurrent_kernel: recurrentKernel, bias } = weights;
      return given(call, { kind: 'lstm', kernel, recurrentKernel, bias, ...gates(call) });
    },
  }),
  GRU: layerKind(z.strictObject({ ...gated, reset_after: flag(false) }), {
    weights: (options) => (options.gates_apart ? apart(gruGates) : kernels(options)),
    mask: 'matters',
    apply: (call) => {
      requireRank(call, 2);
      const { units, reset_after: resetAfter } = call.options;
      const weights = call.options.gates_apart
        ? joinedGates(call, gruGates)
        : call.take(shapes(call, 3, resetAfter ? [2, 3 * units] : [3 * units]));
      const [bias, recurrentBias] = resetAfter && weights.bias ? halves(weights.bias) : [weights.bias];
      const { kernel, recurrent_kernel: recurrentKernel } = weights;
      return given(call, { kind: 'gru', kernel, recurrentKernel, bias, recurrentBias, resetAfter, ...gates(call) });
    },
  }),
  CuDNNLSTM: layerKind(z.strictObject(cell), {
    weights: kernels,
    mask: 'matters',
    apply: (call) =>
      given(call, { kind: 'lstm', ...cudnn(call, 4, summedHalves), recurrentActivation: { function: 'sigmoid' } }),
  }),
  CuDNNGRU: layerKind(z.strictObject(cell), {
    weights: kernels,
    mask: 'matters',
    apply: (call) => {
      const { bias, ...weights } = cudnn(call, 3, halves);
      const [own, recurrentBias] = bias ?? [];
      const recurrentActivation = { function: 'sigmoid' } as const;
      return given(call, { kind: 'gru', ...weights, bias: own, recurrentBias, recurrentActivation, resetAfter: true });
    },
  }),
};

function cudnn<Bias>(call: LayerCall<Cell>, gates: number, biasOf: (bias: Tensor) => Bias) {
  requireRank(call, 2);
  const weights = call.take(shapes(call, gates, [2 * gates * call.options.units]));
  return {
    kernel: fromCudnnKernel(weights.kernel, gates),
    recurrentKernel: fromCudnnKernel(weights.recurrent_kernel, gates),
    bias: weights.bias && biasOf(weights.bias),
    activation: { function: 'tanh' } as const,
    reverse: call.options.go_backwards,
  };
}

function gates(call: LayerCall<Cell & Record<'activation' | 'recurrent_activation', ActivationOption>>) {
  return {
    activation: gate(call, call.options.activation),
    recurrentActivation: gate(call, call.options.recurrent_activation),
    reverse: call.options.go_backwards,
  };
}
