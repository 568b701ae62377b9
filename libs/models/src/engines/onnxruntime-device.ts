import { Tensor } from 'onnxruntime-node';

import { EngineUnavailableError } from '../errors.js';
import { GraphBuilder } from '../onnx/graph-builder.js';
import { createSession, type OnnxDevice } from './onnxruntime-session.js';

/** What there must be for ONNX Runtime to compute on a device. */
const needs: Record<OnnxDevice, string> = {
  cpu: 'the files of the package onnxruntime-node for this platform; install the dependencies again',
  webgpu: 'a GPU with a Vulkan driver (Linux), Direct3D 12 (Windows) or Metal (macOS)',
  cuda:
    'Linux on x64, an NVIDIA GPU with its driver, CUDA 12 and cuDNN 9 where the loader finds them, and the libraries ' +
    'that `ONNXRUNTIME_NODE_INSTALL=cuda12 node node_modules/onnxruntime-node/script/install.js` downloads',
};

/**
 * Has the device compute something small.
 *
 * @throws EngineUnavailableError that says what the device needs, and what ONNX Runtime said, if it does not
 */
export async function requireOnnxDevice(device: OnnxDevice): Promise<void> {
  try {
    await computeOn(device);
  } catch (cause) {
    const said = cause instanceof Error ? cause.message.trim() : String(cause);
    throw new EngineUnavailableError(
      `ONNX Runtime cannot compute on ${device}: it needs ${needs[device]}. It says: ${said}`,
      {
        cause,
      },
    );
  }
}

async function computeOn(device: OnnxDevice): Promise<void> {
  const { session } = await createSession(reluNetwork(), device);
  try {
    const { output } = await session.run({ input: new Tensor('float32', [-2, 3], [2, 1]) });
    const values = [...(output!.data as Float32Array)];
    if (values[0] !== 0 || values[1] !== 3) throw new Error(`relu of -2 and 3 is ${values.join(' and ')} there`);
  } finally {
    await session.release();
  }
}

function reluNetwork(): Uint8Array {
  const graph = new GraphBuilder();
  graph.rename(graph.node('Relu', ['input']), 'output');
  return graph.finish([{ name: 'input', shape: [1] }], [{ name: 'output', shape: [1] }]);
}
