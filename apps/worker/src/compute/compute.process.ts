/**
 * A compute process: everything that takes processor time or may crash happens here, never in the coordinator.
 * Started by the coordinator, told by it when to stop (the IPC channel closes), ended by its watchdog when the
 * coordinator is gone. A Ctrl-C is the coordinator's to handle.
 */

import { Worker } from 'node:worker_threads';
import { openStore } from '#jobs/store';
import { registerBundle, startEngine, startTfjsWasmThread, unpackBundle } from '#models';
import { letOthersGoFirst } from '../let-others-go-first.js';
import type { ComputeReply, ComputeRequest, ComputeSetup, PredictRequest, RegisterRequest } from './messages.js';
import { ModelLoader } from './model-loader.js';
import { ModelShelf } from './model-shelf.js';
import { predictGroup, type PredictTools } from './predict-group.js';
import { toLoggedFailure } from './to-logged-failure.js';

let tools: PredictTools | null = null;
letOthersGoFirst();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);
process.on('disconnect', () => process.exit(0));
process.on('message', (request: ComputeRequest) => void answer(request));

async function answer(request: ComputeRequest): Promise<void> {
  process.send?.(await toReply(request));
}

async function toReply(request: ComputeRequest): Promise<ComputeReply> {
  switch (request.type) {
    case 'setup':
      tools = await setUp(request);
      return { type: 'setup' };
    case 'engine':
      return start(request.engine);
    case 'register':
      return register(request);
    case 'predict':
      return predict(request);
  }
}

async function setUp(setup: ComputeSetup): Promise<PredictTools> {
  const { memoryLimitBytes } = setup;
  new Worker(new URL('./watchdog.thread.js', import.meta.url), {
    workerData: { parentPid: setup.coordinatorPid, memoryLimitBytes },
  });
  const store = await openStore(setup.store);
  return {
    store,
    shelf: new ModelShelf(new ModelLoader(store, setup.engine), setup.modelMemoryBytes),
    version: setup.version,
  };
}

async function start(name: ComputeSetup['engine']): Promise<ComputeReply> {
  try {
    return { type: 'engine', ok: true, engine: await startEngine(name) };
  } catch (error) {
    return { type: 'engine', ok: false, ...toLoggedFailure(error) };
  }
}

async function register({ folder, archive, expected }: RegisterRequest): Promise<ComputeReply> {
  try {
    if (archive !== undefined) await unpackBundle(archive, folder);
    const { record, created } = await registerBundle(folder, ready().store, {
      ...(expected && { expected }),
      startReference: startTfjsWasmThread,
    });
    const { name, version, digest, card } = record;
    return { type: 'register', ok: true, name, version, digest, queue: card.queue, created };
  } catch (error) {
    return { type: 'register', ok: false, ...toLoggedFailure(error) };
  }
}

async function predict(request: PredictRequest): Promise<ComputeReply> {
  return { type: 'predict', results: await predictGroup(ready(), request) };
}

function ready(): PredictTools {
  if (tools === null) throw new Error('the first request of a compute process must be its setup');
  return tools;
}
