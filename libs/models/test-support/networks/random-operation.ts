import type { Activation, Margins, Operation } from '../../src/network/operations.js';
import type { Random } from './random.js';

type Shape = readonly number[];
type Maker = (random: Random, shape: Shape) => Operation | undefined;

/** An operation of the named kind with random options that fits a value, or undefined if none does. */
export function randomOperation(random: Random, kind: keyof typeof makers, shape: Shape): Operation | undefined {
  return makers[kind](random, shape);
}

function weights(random: Random, shape: Shape, valuesIn: number) {
  const range = Math.sqrt(3 / valuesIn);
  return random.values(shape, -range, range);
}

function some<T>(random: Random, item: () => T): T | undefined {
  return random.chance(0.7) ? item() : undefined;
}

function margins(random: Random, windows: Shape): Margins {
  // At most half a window, so that none lies in the margin alone.
  return windows.map((size) => [random.whole(0, Math.floor(size / 2)), random.whole(0, Math.floor(size / 2))] as const);
}

const conv: Maker = (random, shape) => {
  if (shape.length < 2 || shape.length > 3) return undefined;
  const channels = shape.at(-1)!;
  const spatial = shape.slice(0, -1);
  const window = spatial.map((size) => random.whole(1, Math.min(3, size)));
  const groups = random.pick([1, 1, channels, channels % 2 === 0 ? 2 : 1]);
  const filters = groups * random.whole(1, 3);
  const each = channels / groups;
  const dilations = window.map((size, axis) => (random.chance(0.3) && (size - 1) * 2 < spatial[axis]! ? 2 : 1));
  return {
    kind: 'conv',
    kernel: weights(
      random,
      [...window, each, filters],
      window.reduce((a, b) => a * b, each),
    ),
    bias: some(random, () => random.values([filters])),
    strides: window.map(() => random.whole(1, 3)),
    ...{ dilations, groups, margins: margins(random, window) },
  };
};

const convTranspose: Maker = (random, shape) => {
  if (shape.length < 2 || shape.length > 3) return undefined;
  const channels = shape.at(-1)!;
  const window = shape.slice(0, -1).map(() => random.whole(1, 3));
  const filters = random.whole(1, 3);
  const strides = window.map(() => random.whole(1, 3));
  return {
    kind: 'conv-transpose',
    kernel: weights(random, [...window, filters, channels], channels * 2),
    bias: some(random, () => random.values([filters])),
    strides,
    dilations: window.map(() => (random.chance(0.2) ? 2 : 1)),
    crop: window.map((size, axis) => [random.whole(0, size - 1), random.whole(1 - strides[axis]!, size - 1)] as const),
  };
};

const pool: Maker = (random, shape) => {
  if (shape.length < 2 || shape.length > 3) return undefined;
  const size = shape.slice(0, -1).map((length) => random.whole(1, Math.min(3, length)));
  const strides = size.map(() => random.whole(1, 3));
  return { kind: 'pool', reduce: random.pick(['max', 'average']), size, strides, margins: margins(random, size) };
};

const reduce: Maker = (random, shape) => {
  const axes = [...shape.keys()].filter(() => random.chance(0.5));
  // The writer's inputs have at least one axis besides the batch.
  const keepAxes = axes.length === shape.length || random.chance(0.5);
  if (axes.length === 0) return undefined;
  return { kind: 'reduce', reduce: random.pick(['max', 'min', 'mean', 'sum']), axes, keepAxes };
};

const dense: Maker = (random, shape) => {
  const [valuesIn, valuesOut] = [shape.at(-1)!, random.whole(1, 6)];
  const bias = some(random, () => random.values([valuesOut]));
  return { kind: 'dense', kernel: weights(random, [valuesIn, valuesOut], valuesIn), bias };
};

const batchNormalization: Maker = (random, shape) => {
  const channels = [shape.at(-1)!];
  return {
    kind: 'batch-normalization',
    epsilon: random.pick([1e-3, 1e-5, 0.1]),
    ...{ mean: random.values(channels), variance: random.values(channels, 0.2, 2) },
    ...{ scale: random.values(channels), offset: random.values(channels) },
  };
};

const layerNormalization: Maker = (random, shape) => {
  const axes = random.whole(1, shape.length);
  const [scale, offset] = [0, 1].map(() => some(random, () => random.values(shape.slice(-axes))));
  return { kind: 'layer-normalization', axes, epsilon: random.pick([1e-3, 0.1]), scale, offset };
};

const plain = [
  ...['sigmoid', 'tanh', 'selu', 'softplus', 'softsign', 'swish', 'mish', 'exponential', 'absolute', 'negate'],
  ...['square', 'square-root', 'logarithm', 'reciprocal'],
] as readonly ('sigmoid' | 'tanh')[];

const activate: Maker = (random) => {
  const activation: Activation = random.pick([
    { function: random.pick(plain) },
    { function: random.pick(plain) },
    { function: 'relu', slope: random.pick([0, 0.2]), threshold: 0, most: random.pick([Infinity, 0.5]) },
    { function: 'relu', slope: 0.3, threshold: 0.25, most: 1 },
    { function: 'elu', alpha: random.pick([1, 0.4]) },
    { function: 'gelu', approximate: random.chance(0.5) },
    { function: 'hard-sigmoid', alpha: random.pick([0.2, 1 / 6]), beta: 0.5 },
    { function: 'thresholded-relu', theta: 0.3 },
    { function: 'clip', least: -0.4, most: 0.7 },
  ]);
  return { kind: 'activate', ...activation };
};

const pad: Maker = (random, shape) => {
  const mode = random.pick(['constant', 'reflect', 'edge'] as const);
  const most = (size: number) => (mode === 'reflect' ? Math.min(2, size - 1) : 2);
  const around = shape.map((size) => [random.whole(0, most(size)), random.whole(0, most(size))] as const);
  return { kind: 'pad', margins: around, mode, value: random.pick([0, 0.5]) };
};

const slice: Maker = (random, shape) => {
  const axes = shape.map((size) => {
    const [start, step] = [random.whole(0, size - 1), random.pick([1, 1, 2, -1, -2])];
    return step > 0
      ? { start, end: random.whole(start + 1, size), step }
      : { start, end: random.whole(-1, start - 1), step };
  });
  return { kind: 'slice', axes };
};

const resize: Maker = (random, shape) => {
  if (shape.length !== 3) return undefined;
  const pixels = random.pick(['half-pixel', 'asymmetric', 'align-corners'] as const);
  return { kind: 'resize-bilinear', size: [random.whole(1, 7), random.whole(1, 7)], pixels };
};

/** Those that ONNX's recurrent operators have. */
function cellActivation(random: Random): Activation | 'linear' {
  return random.pick<Activation | 'linear'>([
    { function: 'tanh' },
    { function: 'sigmoid' },
    { function: 'relu', slope: 0, threshold: 0, most: Infinity },
    { function: 'hard-sigmoid', alpha: 0.2, beta: 0.5 },
    { function: 'softsign' },
    'linear',
  ]);
}

function cell(random: Random, shape: Shape, gates: number) {
  const [values, units] = [shape[1]!, random.whole(1, 4)];
  return {
    kernel: weights(random, [values, gates * units], values),
    // Small, so that a linear activation does not grow step by step.
    recurrentKernel: random.values([units, gates * units], -0.4, 0.4),
    bias: some(random, () => random.values([gates * units])),
    activation: cellActivation(random),
    reverse: random.chance(0.5),
  };
}

const gate = (random: Random): Activation =>
  random.pick<Activation>([{ function: 'sigmoid' }, { function: 'hard-sigmoid', alpha: 0.2, beta: 0.5 }]);

const lstm: Maker = (random, shape) =>
  shape.length === 2 ? { kind: 'lstm', ...cell(random, shape, 4), recurrentActivation: gate(random) } : undefined;

const gru: Maker = (random, shape) => {
  if (shape.length !== 2) return undefined;
  const own = cell(random, shape, 3);
  const resetAfter = random.chance(0.5);
  const recurrentBias = resetAfter ? some(random, () => random.values([own.kernel.shape[1]!])) : undefined;
  return { kind: 'gru', ...own, recurrentActivation: gate(random), recurrentBias, resetAfter };
};

const simpleRnn: Maker = (random, shape) =>
  shape.length === 2 ? { kind: 'simple-rnn', ...cell(random, shape, 1) } : undefined;

const makers = {
  ...{ conv, 'conv-transpose': convTranspose, pool, reduce, dense, activate, pad, slice },
  ...{ 'batch-normalization': batchNormalization, 'layer-normalization': layerNormalization },
  prelu: (random: Random, shape: Shape): Operation => ({
    kind: 'prelu',
    slope: random.values(shape.map((size) => (random.chance(0.5) ? size : 1))),
  }),
  softmax: (random: Random, shape: Shape): Operation => ({
    kind: 'softmax',
    axis: random.whole(0, shape.length - 1),
    logarithm: random.chance(0.3),
  }),
  transpose: (random: Random, shape: Shape): Operation => ({
    kind: 'transpose',
    order: random.shuffled([...shape.keys()]),
  }),
  repeat: (random: Random, shape: Shape): Operation => ({ kind: 'repeat', times: shape.map(() => random.whole(1, 2)) }),
  'resize-bilinear': resize,
  ...{ lstm, gru, 'simple-rnn': simpleRnn },
};

/** The kinds that take one value. Reshapes, joins and embeddings are made with the network. */
export const unaryKinds = Object.keys(makers) as (keyof typeof makers)[];
