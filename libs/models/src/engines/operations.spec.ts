import { describe, expect, it } from '@jest/globals';

import { kerasRows, networkOf, readKerasCases } from '../../test-support/operations/keras-cases.js';
import type { Network } from '../network/graph.js';
import type { Operation } from '../network/operations.js';
import { valueCount } from '../network/tensor.js';
import { writeOnnx } from '../onnx/write-network.js';
import type { Engine } from './engine.js';
import { loadTfjs } from './load-tfjs.js';
import { openOnnxRuntime } from './onnxruntime.js';
import { openTfjsWasm } from './tfjs-wasm.js';
import { unsupportedByTfjs } from './tfjs/unsupported-by-tfjs.js';

const engines: [string, (network: Network) => Promise<Engine>][] = [
  [
    'ONNX Runtime',
    (network) =>
      openOnnxRuntime(
        writeOnnx(network),
        network.inputs.map(({ shape }) => shape),
      ),
  ],
  ['TensorFlow.js', openTfjsWasm],
];

const cases = readKerasCases();

describe.each(engines)('%s', (_, open) => {
  it.each(cases)('gives what Keras gives: $name', async ({ operation, inputs, output }) => {
    const engine = await open(networkOf(operation, ...inputs.map(({ shape }) => shape)));
    try {
      const [actual] = await engine.predict(
        inputs.map(({ data }) => data),
        kerasRows,
      );
      expect(actual).toHaveLength(output.data.length);
      const excess = output.data.map((value, i) => Math.abs(actual![i]! - value) - 5e-6 * (1 + Math.abs(value)));
      expect(Math.max(...excess)).toBeLessThan(0);
    } finally {
      await engine.dispose();
    }
  });
});

it('TensorFlow.js keeps no tensor of a disposed engine, whatever it has computed, and none of a failed call', async () => {
  const { memory } = await loadTfjs();
  const before = memory().numTensors;
  for (const { operation, inputs } of cases) {
    const engine = await openTfjsWasm(networkOf(operation, ...inputs.map(({ shape }) => shape)));
    const opened = memory().numTensors;
    await engine.predict(
      inputs.map(({ data }) => data),
      kerasRows,
    );
    await expect(engine.predict([new Float32Array(1)], kerasRows)).rejects.toThrow();
    expect(memory().numTensors).toBe(opened);
    await engine.dispose();
    expect(memory().numTensors).toBe(before);
  }
});

const cube = [
  [0, 0],
  [0, 0],
  [0, 0],
] as const;
const ones = [1, 1, 1];
const kernel = (...shape: number[]) => ({ shape, data: new Float32Array(valueCount(shape)) });
const threeAxes = { strides: ones, dilations: ones };

describe('TensorFlow.js refuses by name what it cannot compute', () => {
  it.each<[Operation, readonly number[], string]>([
    [
      { kind: 'conv', kernel: kernel(2, 2, 2, 1, 4), ...threeAxes, groups: 2, margins: cube },
      [3, 3, 3, 2],
      'layer layer (conv): groups over three axes are not supported',
    ],
    [
      { kind: 'conv-transpose', kernel: kernel(2, 2, 2, 1, 2), ...threeAxes, crop: cube },
      [3, 3, 3, 2],
      'layer layer (conv-transpose): three axes are not supported',
    ],
    [
      { kind: 'pool', reduce: 'max', size: [2, 2, 2], strides: ones, margins: cube },
      [3, 3, 3, 2],
      'layer layer (pool): three axes are not supported',
    ],
    [{ kind: 'arithmetic', operator: 'add' }, [1, 2, 1, 2, 1, 2], 'layer layer (arithmetic): values of 6 axes'],
  ])('%#', async (operation, shape, message) => {
    const network = networkOf(operation, shape, ...(operation.kind === 'arithmetic' ? [shape] : []));
    expect(unsupportedByTfjs(network)).toContain(message);
    await expect(openTfjsWasm(network)).rejects.toThrow(message);
  });
});
