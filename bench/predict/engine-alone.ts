import { InferenceSession, Tensor } from 'onnxruntime-node';

/** A network in ONNX Runtime with nothing of ours around it. */
export interface EngineAlone {
  run(values: Float32Array, rows: number): Promise<unknown>;
  release(): Promise<void>;
}

/** @param inputShape without the batch axis */
export async function openAlone(onnx: Uint8Array, inputShape: readonly number[]): Promise<EngineAlone> {
  const session = await InferenceSession.create(onnx, { intraOpNumThreads: 1, interOpNumThreads: 1 });
  const name = session.inputNames[0] ?? '';
  return {
    run: (values, rows) => session.run({ [name]: new Tensor('float32', values, [rows, ...inputShape]) }),
    release: () => session.release(),
  };
}
