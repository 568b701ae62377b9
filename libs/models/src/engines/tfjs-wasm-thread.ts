import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

import type { Network } from '../network/graph.js';
import type { Engine } from './engine.js';

/** What {@link startTfjsWasmThread} and its thread say to each other: a request each, and its reply. */
export type ThreadRequest =
  { type: 'open'; network: Network } | { type: 'predict'; inputs: readonly Float32Array[]; rows: number };
export type ThreadReply = { name: string } | { outputs: Float32Array[] } | { error: unknown };

/**
 * Starts TensorFlow.js in a thread of its own, so that it loads, and later computes, while this one does other work.
 * The thread ends with the engine, or with the process.
 *
 * @returns opens the one network that the thread is for
 */
export function startTfjsWasmThread(): (network: Network) => Promise<Engine> {
  const thread = new Worker(new URL('./tfjs-wasm.thread.js', import.meta.url));
  thread.unref();
  return async (network) => {
    const { name } = await ask<{ name: string }>(thread, { type: 'open', network });
    const predict = async (inputs: readonly Float32Array[], rows: number) =>
      (await ask<{ outputs: Float32Array[] }>(thread, { type: 'predict', inputs, rows })).outputs;
    return {
      name,
      predict,
      // Nothing here is ever predicted twice.
      warmUp: () => Promise.resolve(),
      dispose: async () => void (await thread.terminate()),
    };
  };
}

/** One request at a time. */
async function ask<T extends ThreadReply>(thread: Worker, request: ThreadRequest): Promise<T> {
  thread.postMessage(request);
  // Also rejects if the thread fails.
  const [reply] = (await once(thread, 'message')) as [ThreadReply];
  if ('error' in reply) throw reply.error;
  return reply as T;
}
