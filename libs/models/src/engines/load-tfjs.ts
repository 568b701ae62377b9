import { createRequire } from 'node:module';

import type * as TfCore from '@tensorflow/tfjs-core';

/** Not `import`: before that, Node searches the whole of a CommonJS file for its exports, which takes 0.4 s of these. */
const require = createRequire(import.meta.url);

/** TensorFlow.js, once it is loaded. */
export type Tf = typeof TfCore;

let loading: Promise<Tf> | undefined;

/** TensorFlow.js on its WebAssembly backend. Loaded with the first call, as most processes never need it. */
export function loadTfjs(): Promise<Tf> {
  loading ??= load();
  return loading;
}

async function load(): Promise<Tf> {
  const tf = require('@tensorflow/tfjs-core') as Tf;
  require('@tensorflow/tfjs-backend-wasm');
  // Threads only make it slower.
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  await withoutNewHandlers(async () => {
    if (!(await tf.setBackend('wasm'))) throw new Error('the WebAssembly backend of TensorFlow.js does not start');
  });
  return tf;
}

const processErrors = ['uncaughtException', 'unhandledRejection'] as const;

/** The backend's loader installs handlers that rethrow what concerns the whole process; those are taken out again. */
async function withoutNewHandlers(start: () => Promise<void>): Promise<void> {
  const before = processErrors.map((event) => new Set<unknown>(process.listeners(event as 'uncaughtException')));
  try {
    await start();
  } finally {
    processErrors.forEach((event, index) => {
      for (const listener of process.listeners(event as 'uncaughtException'))
        if (!before[index]!.has(listener)) process.removeListener(event, listener);
    });
  }
}
