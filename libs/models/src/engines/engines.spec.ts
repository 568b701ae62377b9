import { basename, dirname, join } from 'node:path';

import { describe, expect, it } from '@jest/globals';

import { goldenNames, readGolden, readWeightsFile } from '../../../../test/models/golden-network.js';
import { madeValues, tfjsModel, type MadeLayer } from '../../../../test/models/tfjs-model.js';
import { hasReferenceData } from '../../../../test/reference-data.js';
import { ModelError } from '../errors.js';
import { furtherFiles, importWeights } from '../import/import-weights.js';
import { importTfjsLayers } from '../import/tfjs-layers.js';
import { valueCount } from '../network/layer-shapes.js';
import type { Network } from '../network/network.js';
import { writeOnnx } from '../onnx/write-onnx.js';
import type { Engine } from './engine.js';
import { openOnnxRuntime } from './onnxruntime.js';
import { openTfjsWasm } from './tfjs-wasm.js';

const tolerance = 1e-5;

const engines: [string, (network: Network) => Promise<Engine>][] = [
  ['onnxruntime', (network) => openOnnxRuntime(writeOnnx(network), [network.inputShape])],
  ['tfjs-wasm', openTfjsWasm],
];

async function predictOnce(engine: Engine, values: Float32Array, rows: number): Promise<Float32Array> {
  try {
    return (await engine.predict([values], rows))[0]!.slice();
  } finally {
    await engine.dispose();
  }
}

/** Largest |difference| beyond the relative part of the tolerance; 0 or less is within it. */
function excess(actual: Float32Array, expected: Float32Array): number {
  expect(actual).toHaveLength(expected.length);
  return Math.max(...expected.map((value, i) => Math.abs(actual[i]! - value) - tolerance * (1 + Math.abs(value))));
}

function made(input: readonly number[], ...layers: MadeLayer[]): Network {
  const files = tfjsModel(input, layers);
  return importTfjsLayers(files.get('model.json')!, files);
}

const conv2d = (options: object): MadeLayer => ({
  className: 'Conv2D',
  options: { filters: 3, kernel_size: [3, 2], ...options },
  weights: { kernel: [3, 2, 2, 3], bias: [3] },
});
const conv1d = (options: object): MadeLayer => ({
  className: 'Conv1D',
  options: { filters: 3, kernel_size: [3], ...options },
  weights: { kernel: [3, 2, 3], bias: [3] },
});
const dense = (inputs: number): MadeLayer => ({
  className: 'Dense',
  options: { units: 4 },
  weights: { kernel: [inputs, 4], bias: [4] },
});
const normalization = (channels: number, options: object = {}): MadeLayer => ({
  className: 'BatchNormalization',
  options: { epsilon: 0.1, ...options },
  weights: Object.fromEntries(['gamma', 'beta', 'moving_mean', 'moving_variance'].map((role) => [role, [channels]])),
});
const unscaled: MadeLayer = {
  ...normalization(2, { scale: false, center: false }),
  weights: { moving_mean: [2], moving_variance: [2] },
};
const pool = (className: string, options: Record<string, unknown>): MadeLayer => ({ className, options });
const activation = (name: string): MadeLayer => ({ className: 'Activation', options: { activation: name } });

const image = [7, 6, 2];
const sequence = [9, 2];

const networks: [string, Network][] = [
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

describe('the engines agree', () => {
  it.each(networks)('on %s', async (_, network) => {
    const rows = 3;
    const values = madeValues(rows * valueCount(network.inputShape)).map((value) => 4 * (value - 0.5));
    const [served, reference] = await Promise.all(
      engines.map(async ([, open]) => predictOnce(await open(network), values, rows)),
    );
    expect(served).toHaveLength(rows * valueCount(network.outputShape));
    expect(excess(served!, reference!)).toBeLessThanOrEqual(0);
  });
});

describe.each(engines)('%s', (_, open) => {
  const network = made(image, conv2d({}), { className: 'Flatten' }, dense(75), activation('softmax'));

  it('gives each row of a group what it gives the row alone', async () => {
    const values = madeValues(5 * 84);
    const together = await predictOnce(await open(network), values, 5);
    for (let row = 0; row < 5; row++) {
      const alone = await predictOnce(await open(network), values.slice(row * 84, (row + 1) * 84), 1);
      expect(excess(together.slice(row * 4, (row + 1) * 4), alone)).toBeLessThanOrEqual(0);
    }
  });

  it('names itself with its version and device', async () => {
    const engine = await open(network);
    await engine.dispose();
    expect(engine.name).toMatch(/^[a-z-]+ \d+\.\d+\.\d+ (cpu|wasm)$/);
  });
});

it('TensorFlow.js keeps no tensor of a disposed engine, and no handler in the process', async () => {
  const { memory } = await import('@tensorflow/tfjs-core');
  const handlers = () => ['uncaughtException', 'unhandledRejection'].map((event) => process.listenerCount(event));
  const before = { tensors: memory().numTensors, handlers: handlers() };
  await predictOnce(await openTfjsWasm(made(image, conv2d({}), normalization(3))), madeValues(84), 1);
  expect({ tensors: memory().numTensors, handlers: handlers() }).toEqual(before);
});

it('ONNX Runtime refuses what is no ONNX file', async () => {
  await expect(openOnnxRuntime(madeValuesAsBytes(), [[3]])).rejects.toThrow(ModelError);
});

function madeValuesAsBytes(): Uint8Array {
  return new Uint8Array(madeValues(16).buffer);
}

/** Reference outputs of the formats that are imported. */
const goldens = hasReferenceData
  ? goldenNames().filter((name) => /\.(h5|hdf5|json)$/.test(readGolden(name).model))
  : [];

/** A network of the reference data; a TensorFlow.js model's weights lie beside it. */
async function importReference(model: string): Promise<Network> {
  const main = readWeightsFile(model);
  const files = new Map([[basename(model), main]]);
  for (const name of furtherFiles(model, main)) files.set(name, readWeightsFile(join(dirname(model), name)));
  return importWeights(basename(model), files);
}

const mustBeServed = [
  'fan_signalML',
  'kws_musikalkemist',
  'lenet_helloworld_h5',
  'lenet_keras_h5',
  'mnist_alvertogit_h5',
  'tfjs_layers_native_untrained',
];

(hasReferenceData ? describe : describe.skip)('the networks of the reference data', () => {
  it('give what the reference gave, in both engines, or are refused by name', async () => {
    const served: string[] = [];
    const refused: string[] = [];
    for (const name of goldens) {
      const { model, inputs, outputs, rows } = readGolden(name);
      const network = await importReference(model).catch((error: unknown) => error);
      if (network instanceof Error) {
        expect(network).toBeInstanceOf(ModelError);
        refused.push(name);
        continue;
      }
      for (const [engine, open] of engines) {
        const actual = await predictOnce(await open(network as Network), inputs, rows);
        expect({ name, engine, excess: excess(actual, outputs) > 0 }).toEqual({ name, engine, excess: false });
      }
      served.push(name);
    }
    process.stdout.write(`reference networks: ${served.length} served, ${refused.length} refused by name\n`);
    expect(served).toEqual(expect.arrayContaining(mustBeServed));
    expect(served.length).toBeGreaterThanOrEqual(46);
  });
});
