import { describe, expect, it } from '@jest/globals';

import {
  activation,
  conv2d,
  dense,
  image,
  made,
  normalization,
  smallNetworks,
} from '../../../../test/models/small-networks.js';
import { madeValues } from '../../../../test/models/tfjs-model.js';
import { ModelError } from '../errors.js';
import type { Network } from '../network/graph.js';
import { valueCount } from '../network/tensor.js';
import { writeOnnx } from '../onnx/write-network.js';
import type { Engine } from './engine.js';
import { openOnnxRuntime } from './onnxruntime.js';
import { openTfjsWasm } from './tfjs-wasm.js';

const tolerance = 1e-5;

const engines: [string, (network: Network) => Promise<Engine>][] = [
  [
    'onnxruntime',
    (network) =>
      openOnnxRuntime(
        writeOnnx(network),
        network.inputs.map(({ shape }) => shape),
      ),
  ],
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
  return expected.reduce(
    (most, value, i) => Math.max(most, Math.abs(actual[i]! - value) - tolerance * (1 + Math.abs(value))),
    -tolerance,
  );
}

describe('the engines agree', () => {
  it.each(smallNetworks)('on %s', async (_, network) => {
    const rows = 3;
    const values = madeValues(rows * valueCount(network.inputs[0]!.shape)).map((value) => 4 * (value - 0.5));
    const [served, reference] = await Promise.all(
      engines.map(async ([, open]) => predictOnce(await open(network), values, rows)),
    );
    expect(served).toHaveLength(rows * valueCount(network.outputs[0]!.shape));
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
