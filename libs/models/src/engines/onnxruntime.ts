import './without-telemetry.js';
import { env, InferenceSession, Tensor } from 'onnxruntime-node';

import { refusal } from '../errors.js';
import type { Engine } from './engine.js';
import { emptyRow } from './empty-row.js';

/**
 * Opens an ONNX file in ONNX Runtime on the CPU, with one thread: a process per core does better than threads.
 *
 * @param inputShapes one per input of the file, in its order, without the batch axis
 * @throws ModelError if ONNX Runtime does not take the file, or it has another number of inputs
 */
export async function openOnnxRuntime(
  onnx: Uint8Array,
  inputShapes: readonly (readonly number[])[],
): Promise<Engine> {
  const session = await InferenceSession.create(onnx, {
    executionProviders: ['cpu'],
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    logSeverityLevel: 3,
  }).catch((cause: unknown) => {
    throw refusal(`ONNX Runtime does not take the network: ${String(cause)}`, cause);
  });
  const { inputNames, outputNames } = session;
  if (inputNames.length !== inputShapes.length) {
    await session.release();
    throw refusal(`the ONNX file has ${inputNames.length} inputs where ${inputShapes.length} are expected`);
  }
  const predict = async (inputs: readonly Float32Array[], rows: number): Promise<Float32Array[]> => {
    const feeds: Record<string, Tensor> = {};
    inputs.forEach((values, i) => {
      feeds[inputNames[i]!] = new Tensor('float32', values, [rows, ...inputShapes[i]!]);
    });
    const outputs = await session.run(feeds);
    return outputNames.map((name) => outputs[name]!.data as Float32Array);
  };
  return {
    name: `onnxruntime-node ${env.versions.node} cpu`,
    predict,
    warmUp: async () => void (await predict(emptyRow(inputShapes), 1)),
    dispose: () => session.release(),
  };
}
