import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { EngineProcess, withEngineProcess, type EngineCall } from '../../../../test/engines/engine-process.js';
import { hasWebgpu, webgpuEnvironment } from '../../../../test/engines/webgpu-device.js';
import { readGolden, readWeightsFile } from '../../../../test/models/golden-network.js';
import { smallNetworks } from '../../../../test/models/small-networks.js';
import { madeValues } from '../../../../test/models/tfjs-model.js';
import { hasReferenceData } from '../../../../test/reference-data.js';
import type { EngineName } from '../engine-names.js';
import { importWeights } from '../import/import-weights.js';
import type { Network } from '../network/graph.js';
import { valueCount } from '../network/tensor.js';
import { GraphBuilder } from '../onnx/graph-builder.js';
import { writeOnnx } from '../onnx/write-network.js';

/** A GPU adds in another order, and may fuse a multiplication with an addition. */
const tolerance = 1e-4;

const rows = 3;

/** ONNX Runtime has the processor compute what its WebGPU has not, and the engine's name says so. */
const partlyOnProcessor = ['softsign after a convolution'];

const hasTensorFlow = existsSync(resolve('.cache/tensorflow/node_modules/@tensorflow/tfjs-node'));
if (!hasTensorFlow)
  process.stderr.write('TensorFlow is not installed: tfjs-node is not tested; npm run setup:tensorflow installs it\n');

/** A device in software compiles the programs of a network for seconds. */
const shaderMs = 180_000;

function callOf(network: Network, engine: EngineName): EngineCall {
  const inputShapes = network.inputs.map(({ shape }) => shape);
  const inputs = inputShapes.map((shape) => madeValues(rows * valueCount(shape)).map((value) => 4 * (value - 0.5)));
  return { engine, onnx: writeOnnx(network), network, inputShapes, inputs, rows };
}

function reluNetwork(): Uint8Array {
  const graph = new GraphBuilder();
  graph.rename(graph.node('Relu', ['x']), 'y');
  return graph.finish([{ name: 'x', shape: [1] }], [{ name: 'y', shape: [1] }]);
}

function excess(actual: Float32Array, expected: Float32Array): number {
  expect(actual).toHaveLength(expected.length);
  return Math.max(...expected.map((value, i) => Math.abs(actual[i]! - value) - tolerance * (1 + Math.abs(value))));
}

const relu = (engine: EngineName): EngineCall => ({
  ...{ engine, onnx: reluNetwork(), inputShapes: [[1]], inputs: [Float32Array.of(-2, 0.5)], rows: 2 },
});

/** Fails unless the engine gives what ONNX Runtime gives on the processor; returns the engine's name. */
async function compare(process: EngineProcess, call: EngineCall): Promise<string> {
  const [cpu, other] = [await process.call({ ...call, engine: 'onnxruntime' }), await process.call(call)];
  if ('error' in cpu || 'error' in other) throw new Error(JSON.stringify({ cpu, other }));
  expect(excess(other.outputs[0]!, cpu.outputs[0]!)).toBeLessThanOrEqual(0);
  return other.name;
}

(hasWebgpu ? describe : describe.skip)('WebGPU gives what the processor gives', () => {
  let process: EngineProcess;
  beforeAll(() => {
    process = EngineProcess.start(webgpuEnvironment);
  });
  afterAll(() => process.stop());

  it.each(smallNetworks)(
    'on %s',
    async (name, network) => {
      const placement = partlyOnProcessor.includes(name) ? 'webgpu+cpu' : 'webgpu';
      expect((await compare(process, callOf(network, 'onnxruntime-webgpu'))).split(' ')[2]).toBe(placement);
    },
    shaderMs,
  );

  (hasReferenceData ? it.each(['fan_signalML', 'kws_musikalkemist']) : it.skip.each(['no reference data']))(
    'on the trained network %s',
    async (name) => {
      const { model, inputs, rows } = readGolden(name);
      const imported = await importWeights({ weights: model }, new Map([[model, readWeightsFile(model)]]));
      if (imported.format === 'onnx') throw new Error(`${model} is an ONNX file`);
      await compare(process, { ...callOf(imported.network, 'onnxruntime-webgpu'), inputs: [inputs], rows });
    },
    shaderMs,
  );

  it('and refuses a file that is no network as such, the device being there', async () => {
    const answer = await process.call({ ...relu('onnxruntime-webgpu'), onnx: Uint8Array.of(1, 2, 3) });
    expect(answer).toMatchObject({ error: 'ModelError' });
  });
});

(hasTensorFlow ? describe : describe.skip)('tfjs-node gives what ONNX Runtime gives', () => {
  let process: EngineProcess;
  beforeAll(() => {
    process = EngineProcess.start({});
  });
  afterAll(() => process.stop());

  it.each(smallNetworks)('on %s', async (_, network) => {
    const name = await compare(process, callOf(network, 'tfjs-node'));
    expect(name).toMatch(/^tfjs-node \d+\.\d+\.\d+ tensorflow \d+\.\d+\.\d+ cpu$/);
  });
});

describe('a device that is missing', () => {
  const hidden = { VK_DRIVER_FILES: '/nowhere', VK_ICD_FILENAMES: '/nowhere' };

  it('is said where WebGPU finds none, and the processor is not used instead', () =>
    withEngineProcess(hidden, async (engine) => {
      const answer = await engine.call(relu('onnxruntime-webgpu'));
      expect(answer).toMatchObject({
        error: 'EngineUnavailableError',
        message: expect.stringMatching(/cannot compute on webgpu.*Vulkan driver.*adapter/s) as unknown,
      });
    }));

  const cuda = resolve(`node_modules/onnxruntime-node/bin/napi-v6/linux/x64/libonnxruntime_providers_cuda.so`);
  (existsSync(cuda) ? it.skip : it)('is said where the libraries of CUDA are not installed', () =>
    withEngineProcess({}, async (engine) => {
      const answer = await engine.call(relu('onnxruntime-cuda'));
      expect(answer).toMatchObject({
        error: 'EngineUnavailableError',
        message: expect.stringMatching(/cannot compute on cuda.*CUDA 12 and cuDNN 9.*install\.js/s) as unknown,
      });
    }),
  );
});
