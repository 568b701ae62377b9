import { parentPort } from 'node:worker_threads';

import type { Engine } from './engine.js';
import { loadTfjs } from './load-tfjs.js';
import type { ThreadReply, ThreadRequest } from './tfjs-wasm-thread.js';
import { openTfjsWasm } from './tfjs-wasm.js';

/** The far end of `startTfjsWasmThread`. */
let engine: Engine | undefined;
// Ahead of the first request; one that fails is told with it.
loadTfjs().catch(() => undefined);
parentPort!.on('message', (request: ThreadRequest) => void answer(request));

async function answer(request: ThreadRequest): Promise<void> {
  parentPort!.postMessage(await toReply(request).catch((error: unknown) => ({ error })));
}

async function toReply(request: ThreadRequest): Promise<ThreadReply> {
  switch (request.type) {
    case 'open':
      engine = await openTfjsWasm(request.network);
      return { name: engine.name };
    case 'predict':
      return { outputs: await engine!.predict(request.inputs, request.rows) };
  }
}
