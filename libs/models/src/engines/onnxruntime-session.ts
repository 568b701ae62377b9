import './without-telemetry.js';
import { InferenceSession } from 'onnxruntime-node';

/** What ONNX Runtime computes on, as it calls it. */
export type OnnxDevice = 'cpu' | 'webgpu' | 'cuda';

/** A network in ONNX Runtime. */
export interface OnnxSession {
  session: InferenceSession;
  /** Where its nodes are: on the device, or `webgpu+cpu` where the device does not have them all. */
  placement: OnnxDevice | `${OnnxDevice}+cpu`;
}

/**
 * Loads an ONNX file onto a device. ONNX Runtime has the processor compute the nodes that a device lacks, and does not
 * say so: a device is therefore first asked for all of them.
 *
 * @throws Error in ONNX Runtime's words
 */
export async function createSession(onnx: Uint8Array, device: OnnxDevice): Promise<OnnxSession> {
  if (device === 'cpu') return { session: await create(onnx, device, {}), placement: device };
  const deviceOnly = { extra: { session: { disable_cpu_ep_fallback: '1' } }, logSeverityLevel: 4 } as const;
  try {
    return { session: await create(onnx, device, deviceOnly), placement: device };
  } catch {
    return { session: await create(onnx, device, {}), placement: `${device}+cpu` };
  }
}

/** With one thread: a process per core does better than threads. */
function create(onnx: Uint8Array, device: OnnxDevice, options: InferenceSession.SessionOptions) {
  return InferenceSession.create(onnx, {
    executionProviders: [device],
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    logSeverityLevel: 3,
    ...options,
  });
}
