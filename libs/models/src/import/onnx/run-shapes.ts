import '../../engines/without-telemetry.js';
import { InferenceSession, Tensor } from 'onnxruntime-node';

import { refusal } from '../../errors.js';
import type { Value } from '../../network/graph.js';
import { valueCount } from '../../network/tensor.js';

/**
 * Runs an ONNX file on zeros.
 *
 * @returns the shape of each output with the batch axis, by name
 * @throws ModelError if ONNX Runtime does not take the file or the zeros
 */
export async function runShapes(
  onnx: Uint8Array,
  inputs: readonly Value[],
  rows: number,
): Promise<Map<string, readonly number[]>> {
  const session = await InferenceSession.create(onnx, {
    executionProviders: ['cpu'],
    intraOpNumThreads: 1,
    logSeverityLevel: 3,
  }).catch(refuse);
  try {
    const feeds = Object.fromEntries(
      inputs.map(({ name, shape }) => {
        const dims = [rows, ...shape];
        return [name, new Tensor('float32', new Float32Array(valueCount(dims)), dims)];
      }),
    );
    const outputs = await session.run(feeds).catch(refuse);
    return new Map(Object.entries(outputs).map(([name, { dims }]) => [name, dims]));
  } finally {
    await session.release();
  }
}

function refuse(cause: unknown): never {
  throw refusal(`ONNX Runtime does not take the network: ${String(cause)}`, cause);
}
