import './without-telemetry.js';
import { env, InferenceSession, Tensor } from 'onnxruntime-node';

import { refusal } from '../errors.js';
import type { Engine } from './engine.js';

/**
 * Opens an ONNX file in ONNX Runtime on the CPU, with one thread: a process per core does better than threads.
 *
 * @param inputShape without the batch axis
 * @throws ModelError if ONNX Runtime does not take the file
 */
export async function openOnnxRuntime(onnx: Uint8Array, inputShape: readonly number[]): Promise<Engine> {
  const session = await InferenceSession.create(onnx, {
    executionProviders: ['cpu'],
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    logSeverityLevel: 3,
  }).catch((cause: unknown) => {
    throw refusal(`ONNX Runtime does not take the network: ${String(cause)}`, cause);
  });
  const [input, output] = [session.inputNames[0]!, session.outputNames[0]!];
  return {
    name: `onnxruntime-node ${env.versions.node} cpu`,
    predict: async (values, rows) => {
      const outputs = await session.run({ [input]: new Tensor('float32', values, [rows, ...inputShape]) });
      return outputs[output]!.data as Float32Array;
    },
    dispose: () => session.release(),
  };
}
