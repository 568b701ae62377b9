/** A layer as Keras describes it, with the shapes of its weights by role, in Keras's order. */
export interface MadeLayer {
  class_name: string;
  config: Record<string, unknown> & { name: string };
  weights: Record<string, readonly number[]>;
}

export interface MadeNetwork {
  name: string;
  layers: MadeLayer[];
}

/** Frames and mel bands, as {@link madeCard} makes them of a recording; what else the layers say follows from them. */
const [frames, mels] = [101, 64];

/** Two networks of 10 MB of weights: one of the convolutions that hear most sounds, and a recurrent one. */
export const madeNetworks: readonly MadeNetwork[] = [
  {
    name: 'convolutions',
    layers: [
      input([frames, mels, 1]),
      ...convolution(1, 1, 32),
      ...convolution(2, 32, 64),
      ...convolution(3, 64, 128),
      { class_name: 'Flatten', config: { name: 'flatten' }, weights: {} },
      dense('hidden', 12 * 8 * 128, 194, 'relu'),
      dense('scores', 194, 4, 'softmax'),
    ],
  },
  {
    name: 'recurrent',
    layers: [
      input([frames, mels]),
      lstm(1, mels, 444, true),
      lstm(2, 444, 444, false),
      dense('scores', 444, 4, 'softmax'),
    ],
  },
];

export const madeCard = {
  version: '1.0.0',
  task: 'classification',
  input: { kind: 'audio', sampleRate: 16_000, channels: 'mean', seconds: 1, short: 'zeros' },
  features: {
    ...{ kind: 'mel', fft: 512, hop: 160, mels, layout: 'frames-coefficients' },
    fit: { frames, short: 'zeros' },
  },
  output: { labels: ['a', 'b', 'c', 'd'] },
};

function input(shape: readonly number[]): MadeLayer {
  return { class_name: 'InputLayer', config: { name: 'input', batch_input_shape: [null, ...shape] }, weights: {} };
}

function convolution(index: number, channels: number, filters: number): MadeLayer[] {
  const [name, normalization, pool] = [`conv_${index}`, `normalization_${index}`, `pool_${index}`];
  return [
    {
      class_name: 'Conv2D',
      config: { name, filters, kernel_size: [3, 3], padding: 'same', activation: 'relu' },
      weights: { kernel: [3, 3, channels, filters], bias: [filters] },
    },
    {
      class_name: 'BatchNormalization',
      config: { name: normalization },
      weights: { gamma: [filters], beta: [filters], moving_mean: [filters], moving_variance: [filters] },
    },
    { class_name: 'MaxPooling2D', config: { name: pool }, weights: {} },
  ];
}

function dense(name: string, values: number, units: number, activation: string): MadeLayer {
  return {
    class_name: 'Dense',
    config: { name, units, activation },
    weights: { kernel: [values, units], bias: [units] },
  };
}

function lstm(index: number, values: number, units: number, return_sequences: boolean): MadeLayer {
  return {
    class_name: 'LSTM',
    config: { name: `lstm_${index}`, units, return_sequences },
    weights: { kernel: [values, 4 * units], recurrent_kernel: [units, 4 * units], bias: [4 * units] },
  };
}
