import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { EngineProcess, withEngineProcess, type EngineCall } from '../../../../test/engines/engine-process.js';
import { hasWebgpu, webgpuEnvironment } from '../../../../test/engines/webgpu-device.js';
import { readGolden, readWeightsFile } from '../../../../test/models/golden-network.js';
import { smallNetworks } from '../../../../test/models/small-networks.js';
import { madeValues } from '../../../../test/models/tfjs-model.js';
import { hasReferenceData } from '../../../../test/reference-data.js';
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

/** A device in software compiles the programs of a network for seconds. */
const shaderMs = 180_000;

function callOf(network: Network, device: EngineCall['device']): EngineCall {
  const inputShapes = network.inputs.map(({ shape }) => shape);
  const inputs = inputShapes.map((shape) => madeValues(rows * valueCount(shape)).map((value) => 4 * (value - 0.5)));
  return { device, onnx: writeOnnx(network), inputShapes, inputs, rows };
}

/** A graph of one node that takes and gives one number. */
function oneNode(opType: string): Uint8Array {
  const graph = new GraphBuilder();
  graph.rename(graph.node(opType, ['x']), 'y');
  return graph.finish([{ name: 'x', shape: [1] }], [{ name: 'y', shape: [1] }]);
}

function excess(actual: Float32Array, expected: Float32Array): number {
  expect(actual).toHaveLength(expected.length);
  return Math.max(...expected.map((value, i) => Math.abs(actual[i]! - value) - tolerance * (1 + Math.abs(value))));
}

const onDevice = (opType: string, device: EngineCall['device']): EngineCall => ({
  ...{ device, onnx: oneNode(opType), inputShapes: [[1]], inputs: [Float32Array.of(-2, 0.5)], rows: 2 },
});

(hasWebgpu ? describe : describe.skip)('WebGPU gives what the processor gives', () => {
  let engine: EngineProcess;
  beforeAll(() => {
    engine = EngineProcess.start(webgpuEnvironment);
  });
  afterAll(() => engine.stop());

  async function compare(call: EngineCall, placement = 'webgpu'): Promise<void> {
    const [cpu, webgpu] = [await engine.call({ ...call, device: 'cpu' }), await engine.call(call)];
    if ('error' in cpu || 'error' in webgpu) throw new Error(JSON.stringify({ cpu, webgpu }));
    expect(webgpu.name.replace(/^onnxruntime-node \d+\.\d+\.\d+ /, '')).toBe(placement);
    expect(excess(webgpu.outputs[0]!, cpu.outputs[0]!)).toBeLessThanOrEqual(0);
  }

  it.each(smallNetworks)(
    'on %s',
    (name, network) => compare(callOf(network, 'webgpu'), partlyOnProcessor.includes(name) ? 'webgpu+cpu' : 'webgpu'),
    shaderMs,
  );

  (hasReferenceData ? it.each(['fan_signalML', 'kws_musikalkemist']) : it.skip.each(['no reference data']))(
    'on the trained network %s',
    async (name) => {
      const { model, inputs, rows } = readGolden(name);
      const imported = await importWeights({ weights: model }, new Map([[model, readWeightsFile(model)]]));
      if (imported.format === 'onnx') throw new Error(`${model} is an ONNX file`);
      await compare({ ...callOf(imported.network, 'webgpu'), inputs: [inputs], rows });
    },
    shaderMs,
  );

  it('and refuses a file that is no network as such, the device being there', async () => {
    const answer = await engine.call({ ...onDevice('Relu', 'webgpu'), onnx: Uint8Array.of(1, 2, 3) });
    expect(answer).toMatchObject({ error: 'ModelError' });
  });
});

describe('a device that is missing', () => {
  const hidden = { VK_DRIVER_FILES: '/nowhere', VK_ICD_FILENAMES: '/nowhere' };

  it('is said where WebGPU finds none, and the processor is not used instead', () =>
    withEngineProcess(hidden, async (engine) => {
      const answer = await engine.call(onDevice('Relu', 'webgpu'));
      expect(answer).toMatchObject({
        error: 'EngineUnavailableError',
        message: expect.stringMatching(/cannot compute on webgpu.*Vulkan driver.*adapter/s) as unknown,
      });
    }));

  const cuda = resolve(`node_modules/onnxruntime-node/bin/napi-v6/linux/x64/libonnxruntime_providers_cuda.so`);
  (existsSync(cuda) ? it.skip : it)('is said where the libraries of CUDA are not installed', () =>
    withEngineProcess({}, async (engine) => {
      const answer = await engine.call(onDevice('Relu', 'cuda'));
      expect(answer).toMatchObject({
        error: 'EngineUnavailableError',
        message: expect.stringMatching(/cannot compute on cuda.*CUDA 12 and cuDNN 9.*install\.js/s) as unknown,
      });
    }),
  );
});
