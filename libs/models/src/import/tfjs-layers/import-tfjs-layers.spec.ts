import { describe, expect, it } from '@jest/globals';

import { madeValues, tfjsModel, type MadeLayer } from '../../../../../test/models/tfjs-model.js';
import { ModelError } from '../../errors.js';
import type { Network } from '../../network/graph.js';
import { importTfjsLayers } from './import-tfjs-layers.js';

const dense: MadeLayer = { className: 'Dense', options: { units: 2 }, weights: { kernel: [3, 2], bias: [2] } };

function importFiles(files: ReadonlyMap<string, Uint8Array>): Network {
  return importTfjsLayers(files.get('model.json')!, files).network;
}

function importLayers(input: readonly number[], ...layers: MadeLayer[]): Network {
  return importFiles(tfjsModel(input, layers));
}

function refusalOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof ModelError) return error.message;
    throw error;
  }
  throw new Error('nothing was refused');
}

/** The files of a dense network with its model.json changed as text. */
function changed(from: string | RegExp, to: string): Map<string, Uint8Array> {
  const files = tfjsModel([3], [dense]);
  const text = new TextDecoder().decode(files.get('model.json'));
  expect(text).toMatch(from);
  return files.set('model.json', new TextEncoder().encode(text.replace(from, to)));
}

describe('importTfjsLayers', () => {
  it('takes the weights in the order of the manifest', () => {
    const { inputs, nodes, outputs } = importLayers([3], dense);
    const values = madeValues(8);
    expect({ inputs, outputs }).toMatchObject({ inputs: [{ shape: [3] }], outputs: [{ node: 'dense_0', shape: [2] }] });
    expect(nodes.map(({ operation }) => operation)).toEqual([
      {
        kind: 'dense',
        kernel: { shape: [3, 2], data: values.slice(0, 6) },
        bias: { shape: [2], data: values.slice(6) },
      },
    ]);
  });

  it('puts together a weight that two files share', () => {
    const files = changed('["weights.bin"]', '["a.bin","b.bin"]');
    const bytes = files.get('weights.bin')!;
    const split = files.set('a.bin', bytes.slice(0, 13)).set('b.bin', bytes.slice(13));
    expect(importFiles(split)).toEqual(importLayers([3], dense));
  });

  it('ignores what only matters in training', () => {
    const options = {
      ...dense.options,
      trainable: false,
      kernel_regularizer: { class_name: 'L1L2' },
      dtype: 'float32',
    };
    const dropout = { className: 'Dropout', options: { rate: 0.5, seed: null, noise_shape: null } };
    expect(importLayers([3], { ...dense, options }, dropout).nodes).toEqual(importLayers([3], dense).nodes);
  });

  it.each([
    ['a graph model', '"layers-model"', '"graph-model"', 'format must be layers-model'],
    ['quantized weights', '"dtype":"float32"', '"dtype":"float32","quantization":{}', 'dense_0/kernel is quantized'],
    ['half floats', '"dtype":"float32"', '"dtype":"float16"', 'dense_0/kernel is of type float16'],
    ['a file that is not there', '"weights.bin"', '"other.bin"', 'other.bin, and there is none'],
    ['weights of a layer that is not there', '"dense_0/bias"', '"dense_9/bias"', 'layer dense_0: it has 1 weights'],
    ['a weight of another shape', '[3,2]', '[2,3]', 'dense_0/kernel is 2 x 3, and must be 3 x 2'],
    ['a weight of another name', 'dense_0/bias', 'dense_0/beta', 'layer dense_0: the weight bias is missing'],
    ['a weight that is there twice', 'dense_0/bias', 'dense_0/kernel', 'the weight dense_0/kernel is there twice'],
    ['an input of no fixed size', '[null,3]', '[null,null]', 'the input input takes any, and nothing says'],
    ['broken JSON', '{"format"', '{"format', 'model.json is not JSON'],
    ['another class of model', '"Sequential"', '"Lambda"', 'the model is of class Lambda'],
  ])('refuses %s', (_, from, to, message) => {
    expect(refusalOf(() => importFiles(changed(from, to)))).toContain(message);
  });

  it('refuses a weights file that is cut short', () => {
    const files = tfjsModel([3], [dense]);
    files.set('weights.bin', files.get('weights.bin')!.slice(0, -1));
    expect(refusalOf(() => importFiles(files))).toContain('are 31 bytes long, and model.json describes 32');
  });

  it('refuses weights that are not finite', () => {
    const files = tfjsModel([3], [dense]);
    files.get('weights.bin')!.fill(0xff, 0, 4);
    expect(refusalOf(() => importFiles(files))).toContain('dense_0/kernel holds values that are not finite');
  });
});

const conv: MadeLayer = {
  className: 'Conv2D',
  options: { filters: 2, kernel_size: [3, 3] },
  weights: { kernel: [3, 3, 1, 2], bias: [2] },
};

describe('a layer', () => {
  it.each<[MadeLayer, string]>([
    [{ className: 'ConvLSTM2D' }, 'layer convlstm2d_0 is of class ConvLSTM2D, which is not supported'],
    [{ ...conv, options: { ...conv.options, groups: 2 } }, 'layer conv2d_0 (Conv2D): groups = 2 does not divide'],
    [{ ...conv, options: { ...conv.options, padding: 'causal' } }, 'padding = "causal" is not supported'],
    [{ ...conv, options: { ...conv.options, activation: 'sine' } }, 'activation = "sine" is not supported'],
    [{ ...conv, options: { ...conv.options, strides: [2, 2], dilation_rate: [2, 2] } }, 'strides and dilation_rate'],
    [{ ...conv, options: { ...conv.options, renorm: true } }, 'the option renorm = true is not supported'],
    [{ ...conv, options: { ...conv.options, dtype: 'float16' } }, 'dtype = "float16" is not supported'],
    [{ ...conv, options: { filters: 2 } }, 'kernel_size = undefined is not supported, it is missing'],
    [
      { ...conv, options: { ...conv.options, kernel_size: [9, 9] } },
      'layer conv2d_0: conv2d_0/kernel is 3 x 3 x 1 x 2',
    ],
    [{ className: 'GlobalMaxPooling1D' }, 'its input is 5 x 4 x 1, and must have 2 axes'],
    [{ className: 'MaxPooling2D', options: { pool_size: [6, 6] } }, 'is smaller than its window of 6'],
    [
      {
        className: 'ZeroPadding2D',
        options: {
          padding: [
            [9999, 0],
            [9999, 0],
          ],
        },
      },
      'gives 10004 x 10003 x 1 values',
    ],
    [{ className: 'ZeroPadding1D' }, 'its input is 5 x 4 x 1, and must have 2 axes'],
    [{ className: 'Reshape', options: { target_shape: [3, -1] } }, '5 x 4 x 1 cannot become target_shape 3 x -1'],
    [{ className: 'Reshape', options: { target_shape: [7] } }, '5 x 4 x 1 cannot become target_shape 7'],
    [{ className: 'Flatten', weights: { kernel: [1] } }, 'layer flatten_0: it has 1 weights, and takes 0'],
  ])('is refused by name: %j', (layer, message) => {
    expect(refusalOf(() => importLayers([5, 4, 1], layer))).toContain(message);
  });
});
