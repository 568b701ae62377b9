import { importTfjsLayers } from '../../libs/models/src/import/tfjs-layers/import-tfjs-layers.js';
import type { Network } from '../../libs/models/src/network/graph.js';
import { tfjsModel, type MadeLayer } from './tfjs-model.js';

/** The network of a made TensorFlow.js model. */
export function made(input: readonly number[], ...layers: MadeLayer[]): Network {
  const files = tfjsModel(input, layers);
  return importTfjsLayers(files.get('model.json')!, files).network;
}

export const conv2d = (options: object): MadeLayer => ({
  className: 'Conv2D',
  options: { filters: 3, kernel_size: [3, 2], ...options },
  weights: { kernel: [3, 2, 2, 3], bias: [3] },
});
const conv1d = (options: object): MadeLayer => ({
  className: 'Conv1D',
  options: { filters: 3, kernel_size: [3], ...options },
  weights: { kernel: [3, 2, 3], bias: [3] },
});
export const dense = (inputs: number): MadeLayer => ({
  className: 'Dense',
  options: { units: 4 },
  weights: { kernel: [inputs, 4], bias: [4] },
});
export const normalization = (channels: number, options: object = {}): MadeLayer => ({
  className: 'BatchNormalization',
  options: { epsilon: 0.1, ...options },
  weights: Object.fromEntries(['gamma', 'beta', 'moving_mean', 'moving_variance'].map((role) => [role, [channels]])),
});
const unscaled: MadeLayer = {
  ...normalization(2, { scale: false, center: false }),
  weights: { moving_mean: [2], moving_variance: [2] },
};
const pool = (className: string, options: Record<string, unknown>): MadeLayer => ({ className, options });
export const activation = (name: string): MadeLayer => ({ className: 'Activation', options: { activation: name } });

export const image = [7, 6, 2];
const sequence = [9, 2];

/** A network for each kind of layer, and for each way in which its options change what is computed. */
export const smallNetworks: [string, Network][] = [
  ['no layer at all', made(image)],
  ...['valid', 'same'].flatMap((padding): [string, Network][] => [
    [`conv2d ${padding}`, made(image, conv2d({ padding }))],
    [`conv2d ${padding}, strides 2 3`, made(image, conv2d({ padding, strides: [2, 3] }))],
    [`conv2d ${padding}, dilated`, made(image, conv2d({ padding, dilation_rate: [2, 2] }))],
    [`max pool ${padding}`, made(image, pool('MaxPooling2D', { padding, pool_size: [3, 2], strides: [2, 1] }))],
    [`average pool ${padding}`, made(image, pool('AveragePooling2D', { padding, pool_size: [3, 2], strides: [2, 1] }))],
    [`max pool of a sequence ${padding}`, made(sequence, pool('MaxPooling1D', { padding, pool_size: [3] }))],
    [`average pool of a sequence ${padding}`, made(sequence, pool('AveragePooling1D', { padding, pool_size: [4] }))],
  ]),
  ...['valid', 'same', 'causal'].flatMap((padding): [string, Network][] => [
    [`conv1d ${padding}`, made(sequence, conv1d({ padding }))],
    [`conv1d ${padding}, stride 2`, made(sequence, conv1d({ padding, strides: [2] }))],
    [`conv1d ${padding}, dilated`, made(sequence, conv1d({ padding, dilation_rate: [2] }))],
  ]),
  ['conv2d without bias', made(image, { ...conv2d({ use_bias: false }), weights: { kernel: [3, 2, 2, 3] } })],
  ['pool with default strides', made(image, pool('MaxPooling2D', { pool_size: 2, strides: null }))],
  ...['GlobalMaxPooling2D', 'GlobalAveragePooling2D'].map((name): [string, Network] => [
    name,
    made(image, pool(name, {})),
  ]),
  ...['GlobalMaxPooling1D', 'GlobalAveragePooling1D'].map((name): [string, Network] => [
    name,
    made(sequence, pool(name, {})),
  ]),
  [
    'zeros around an image',
    made(
      image,
      conv2d({}),
      pool('ZeroPadding2D', {
        padding: [
          [1, 2],
          [0, 3],
        ],
      }),
    ),
  ],
  ['zeros around a sequence', made(sequence, pool('ZeroPadding1D', { padding: [2, 0] }), conv1d({}))],
  ['a leaky relu', made(image, normalization(2), pool('LeakyReLU', { alpha: 0.2 }))],
  ['dense on values', made([5], dense(5))],
  ['dense on a sequence', made(sequence, dense(2))],
  ['dense on an image', made(image, dense(2))],
  ['normalization of values', made([5], normalization(5))],
  ['normalization of a sequence', made(sequence, normalization(2))],
  ['normalization of an image', made(image, normalization(2))],
  ['normalization without scale and offset', made(image, unscaled)],
  ['flatten between convolution and dense', made(image, conv2d({}), { className: 'Flatten' }, dense(75))],
  ['reshape between layouts', made(image, conv2d({}), pool('Reshape', { target_shape: [-1, 15] }), dense(15))],
  ...['relu', 'sigmoid', 'tanh', 'softmax', 'elu', 'softplus', 'softsign', 'linear'].map((name): [string, Network] => [
    `${name} after a convolution`,
    made(image, conv2d({}), normalization(3), activation(name)),
  ]),
  [
    'layers that are an activation',
    made([5], dense(5), pool('ReLU', {}), pool('ELU', { alpha: 1 }), pool('Softmax', {})),
  ],
];
