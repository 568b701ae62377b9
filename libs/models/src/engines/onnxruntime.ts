import { env, Tensor, type InferenceSession } from 'onnxruntime-node';

import { refusal } from '../errors.js';
import { emptyRow } from './empty-row.js';
import type { Engine } from './engine.js';
import { requireOnnxDevice } from './onnxruntime-device.js';
import { createSession, type OnnxDevice, type OnnxSession } from './onnxruntime-session.js';

/**
 * Opens an ONNX file in ONNX Runtime.
 *
 * @param inputShapes one per input of the file, in its order, without the batch axis
 * @throws ModelError if ONNX Runtime does not take the file, or it has another number of inputs
 * @throws EngineUnavailableError if the device cannot compute
 */
export async function openOnnxRuntime(
  onnx: Uint8Array,
  inputShapes: readonly (readonly number[])[],
  device: OnnxDevice = 'cpu',
): Promise<Engine> {
  const { session, placement } = await openSession(onnx, device);
  const { inputNames, outputNames } = session;
  if (inputNames.length !== inputShapes.length) {
    await session.release();
    throw refusal(`the ONNX file has ${inputNames.length} inputs where ${inputShapes.length} are expected`);
  }
  const run = async (inputs: readonly Float32Array[], rows: number): Promise<Float32Array[]> => {
    const feeds: Record<string, Tensor> = {};
    inputs.forEach((values, i) => {
      feeds[inputNames[i]!] = new Tensor('float32', values, [rows, ...inputShapes[i]!]);
    });
    const outputs = await session.run(feeds).catch((error: unknown) => explain(error, device));
    return outputNames.map((name) => outputs[name]!.data as Float32Array);
  };
  const fixed = fixedRows(session);
  const rows = fixed ?? 1;
  const nothing = emptyRow(inputShapes.map((shape) => [rows, ...shape]));
  return {
    name: `${onnxRuntimeName} ${placement}`,
    predict: fixed === undefined ? run : filledUp(run, fixed),
    warmUp: async () => void (await run(nothing, rows)),
    dispose: () => session.release(),
  };
}

/** ONNX Runtime with its version. */
export const onnxRuntimeName = `onnxruntime-node ${env.versions.node}`;

async function openSession(onnx: Uint8Array, device: OnnxDevice): Promise<OnnxSession> {
  try {
    return await createSession(onnx, device);
  } catch (error) {
    if (device !== 'cpu') await requireOnnxDevice(device);
    throw refusal(`ONNX Runtime does not take the network: ${String(error)}`, error);
  }
}

/** A GPU may go away while it is in use; then that is what is wrong. */
async function explain(error: unknown, device: OnnxDevice): Promise<never> {
  if (device !== 'cpu') await requireOnnxDevice(device);
  throw error;
}

/** Has a network that always takes `fixed` rows take fewer, too: rows of zeros are added, and what they give is left out. */
function filledUp(run: Engine['predict'], fixed: number): Engine['predict'] {
  return async (inputs, rows) => {
    if (rows >= fixed) return run(inputs, rows);
    const filled = inputs.map((values) => {
      const all = new Float32Array((values.length / rows) * fixed);
      all.set(values);
      return all;
    });
    const outputs = await run(filled, fixed);
    return outputs.map((values) => values.subarray(0, (values.length / fixed) * rows));
  };
}

/** How many rows a file always takes, or undefined if it takes any number. */
function fixedRows({ inputMetadata: [input] }: InferenceSession): number | undefined {
  const rows = input?.isTensor ? input.shape[0] : undefined;
  return typeof rows === 'number' ? rows : undefined;
}
