import { describe, expect, it } from '@jest/globals';

import { Random } from '../../test-support/networks/random.js';
import { ModelError } from '../errors.js';
import type { Network } from '../network/graph.js';
import { NetworkBuilder } from '../network/network-builder.js';
import type { Conv, Gru, LayerNormalization, Lstm, Operation, ResizeBilinear } from '../network/operations.js';
import type { Tensor } from '../network/tensor.js';
import { writeOnnx } from '../onnx/write-network.js';
import { convertNetwork } from './convert-network.js';

const random = new Random(1);
const negate: Operation = { kind: 'activate', function: 'negate' };
const tanh: Operation = { kind: 'activate', function: 'tanh' };

/** Operations one after the other. The layers are called after their places, from `layer_0` on. */
function chain(shape: readonly number[], ...operations: readonly Operation[]): Network {
  const builder = new NetworkBuilder();
  const output = operations.reduce(
    (value, operation, i) => builder.add(`layer_${i}`, operation, value),
    builder.input('input', shape),
  );
  return builder.finish(new Map([['output', output]]));
}

async function check(network: Network, written: Network = network) {
  const write: typeof writeOnnx = (_, options) => writeOnnx(written, options);
  return (await convertNetwork(network, { write })).check;
}

async function refusalOf(run: Promise<unknown>): Promise<string> {
  const error: unknown = await run.catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(ModelError);
  return (error as ModelError).message;
}

/** The last two axes of a tensor whose sizes are equal, the other way round. */
function turned({ shape, data }: Tensor): Tensor {
  const size = shape.at(-1)!;
  const swapped = (i: number) =>
    Math.floor(i / size ** 2) * size ** 2 + (i % size) * size + (Math.floor(i / size) % size);
  return { shape, data: data.map((_, i) => data[swapped(i)]!) };
}

/** Two equal parts of each row of a matrix, such as gates, the other way round. */
function withPartsSwapped(tensor: Tensor, parts: number, a: number, b: number): Tensor {
  const row = tensor.shape.at(-1)!;
  const size = row / parts;
  const from = (part: number) => (part === a ? b : part === b ? a : part);
  const source = (i: number) => i - (i % row) + from(Math.floor((i % row) / size)) * size + (i % size);
  return { ...tensor, data: tensor.data.map((_, i) => tensor.data[source(i)]!) };
}

const square = { strides: [1, 1], dilations: [1, 1] };
const none = [
  [0, 0],
  [0, 0],
] as const;
const conv: Conv = { kind: 'conv', kernel: random.values([2, 2, 2, 2]), ...square, groups: 1, margins: none };
const lstm: Lstm = {
  kind: 'lstm',
  kernel: random.values([2, 12]),
  recurrentKernel: random.values([3, 12]),
  activation: { function: 'tanh' },
  recurrentActivation: { function: 'sigmoid' },
  reverse: false,
};
const gru: Gru = {
  ...lstm,
  ...{ kind: 'gru', kernel: random.values([2, 9]), recurrentKernel: random.values([3, 9]), bias: random.values([9]) },
  resetAfter: true,
};
const normal: LayerNormalization = { kind: 'layer-normalization', axes: 1, epsilon: 1e-3, scale: random.values([2]) };
const scale = random.values([2]);
const offset = random.values([2]);
const batchNormal = {
  kind: 'batch-normalization',
  epsilon: 1e-3,
  mean: offset,
  variance: random.values([2], 0.5, 1),
} as const;
const resize: ResizeBilinear = { kind: 'resize-bilinear', size: [5, 7], pixels: 'half-pixel' };
const dense = { kind: 'dense', kernel: random.values([2, 2]) } as const;
const pool = { kind: 'pool', size: [2, 2], strides: [1, 1], margins: none } as const;
const transposed = { kind: 'conv-transpose', kernel: random.values([3, 3, 2, 2]), ...square } as const;
const corner = [
  [1, 0],
  [0, 1],
] as const;
const slice = (start: number, end: number) => ({ start, end, step: 1 });

const image = [4, 4, 2];
const sequence = [5, 2];

/** What an operation is, and as what a wrong writer has written it. */
const mistakes: [string, readonly number[], Operation, Operation][] = [
  ['a kernel of another order', image, conv, { ...conv, kernel: turned(conv.kernel) }],
  [
    'margins on the other side',
    image,
    {
      ...conv,
      margins: [
        [1, 0],
        [0, 0],
      ],
    },
    {
      ...conv,
      margins: [
        [0, 1],
        [0, 0],
      ],
    },
  ],
  [
    'a transposed convolution that is cut off elsewhere',
    image,
    {
      ...transposed,
      crop: [
        [1, 0],
        [0, 1],
      ],
    },
    {
      ...transposed,
      crop: [
        [0, 1],
        [0, 1],
      ],
    },
  ],
  ['a mean for a maximum', image, { ...pool, reduce: 'max' }, { ...pool, reduce: 'average' }],
  ['a transposed matrix', sequence, dense, { ...dense, kernel: turned(dense.kernel) }],
  [
    'scale and offset swapped',
    image,
    { ...batchNormal, scale, offset },
    { ...batchNormal, scale: offset, offset: scale },
  ],
  ['another epsilon', sequence, normal, { ...normal, epsilon: 1e-2 }],
  ['gates of an LSTM swapped', sequence, lstm, { ...lstm, kernel: withPartsSwapped(lstm.kernel, 4, 1, 2) }],
  ['gates of a GRU swapped', sequence, gru, { ...gru, kernel: withPartsSwapped(gru.kernel, 3, 0, 1) }],
  ['a GRU that resets before', sequence, gru, { ...gru, resetAfter: false }],
  ['a sequence read the other way', sequence, lstm, { ...lstm, reverse: true }],
  [
    'another axis',
    sequence,
    { kind: 'softmax', axis: 1, logarithm: false },
    { kind: 'softmax', axis: 0, logarithm: false },
  ],
  ['another corner', image, resize, { ...resize, pixels: 'align-corners' }],
  [
    'another rim',
    sequence,
    { kind: 'pad', margins: corner, mode: 'reflect', value: 0 },
    { kind: 'pad', margins: corner, mode: 'edge', value: 0 },
  ],
  [
    'another part',
    sequence,
    { kind: 'slice', axes: [slice(0, 3), slice(0, 2)] },
    { kind: 'slice', axes: [slice(1, 4), slice(0, 2)] },
  ],
  [
    'a sum for a mean',
    sequence,
    { kind: 'reduce', reduce: 'mean', axes: [0], keepAxes: true },
    { kind: 'reduce', reduce: 'sum', axes: [0], keepAxes: true },
  ],
  ['values in another order', [3, 3], { kind: 'transpose', order: [1, 0] }, { kind: 'transpose', order: [0, 1] }],
  [
    'another activation',
    sequence,
    { kind: 'activate', function: 'gelu', approximate: false },
    { kind: 'activate', function: 'gelu', approximate: true },
  ],
  [
    'slopes of a PReLU in another order',
    [2, 2],
    { kind: 'prelu', slope: dense.kernel },
    { kind: 'prelu', slope: turned(dense.kernel) },
  ],
];

describe('convertNetwork', () => {
  it('compares with TensorFlow.js where that can compute the network', async () => {
    const { reference, largestDifference } = await check(chain(image, conv, tanh));
    expect(reference).toMatch(/^tfjs \d+\.\d+\.\d+ wasm$/);
    expect(largestDifference).toBeLessThan(1e-6);
  });

  it('compares with the evaluator where TensorFlow.js has no operation', async () => {
    const cube: Operation = {
      kind: 'pool',
      reduce: 'max',
      size: [2, 2, 2],
      strides: [1, 1, 1],
      margins: [[0, 0], ...none],
    };
    expect((await check(chain([3, 3, 3, 2], cube))).reference).toBe('evaluator');
  });

  it('compares with the evaluator where TensorFlow.js is not exact enough', async () => {
    const wide: Operation = { kind: 'dense', kernel: random.values([60_000, 8]) };
    const network = chain([60_000], wide);
    expect((await check(network)).reference).toBe('evaluator');
  });

  it.each(mistakes)('names the layer that was written wrongly: %s', async (_, shape, right, wrong) => {
    const network = chain(shape, negate, right, tanh);
    const message = await refusalOf(check(network, chain(shape, negate, wrong, tanh)));
    expect(message).toMatch(
      new RegExp(
        `^the conversion to ONNX is wrong: layer layer_1 \\(${right.kind}\\): it gives -?[\\d.e-]+ where -?[\\d.e-]+ is right`,
      ),
    );
    expect(message).toContain('the output output is');
  });

  it('finds inputs that an embedding has rows for', async () => {
    const embedding: Operation = { kind: 'embedding', table: random.values([7, 3]) };
    const reversed: Operation = { ...embedding, table: { shape: [7, 3], data: embedding.table.data.toReversed() } };
    const network = (operation: Operation) => chain([6], { kind: 'slice', axes: [slice(1, 5)] }, operation);
    await check(network(embedding));
    expect(await refusalOf(check(network(embedding), network(reversed)))).toContain('layer layer_1 (embedding)');
  });

  it('takes inputs from 0 on where others give no number', async () => {
    await check(chain([5], { kind: 'activate', function: 'square-root' }));
  });

  it('refuses a network that gives infinite values', async () => {
    const enormous: Operation = { kind: 'dense', kernel: { shape: [1, 1], data: Float32Array.of(3e38) } };
    const message = await refusalOf(check(chain([1], enormous, enormous)));
    expect(message).toContain('gives values that are not finite');
  });

  it('refuses a file whose rows depend on each other', async () => {
    const network = chain([4], negate);
    // Two rows become one, whose values are mixed, and become two again.
    const mixed = chain(
      [4],
      { kind: 'reshape', shape: [8] },
      { kind: 'softmax', axis: 0, logarithm: false },
      { kind: 'reshape', shape: [4] },
    );
    const message = await refusalOf(check(network, mixed));
    expect(message).toMatch(/cannot be run on 1 inputs|depends on the others/);
  });
});
