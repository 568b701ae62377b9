import { Worker } from 'node:worker_threads';
import { openStore, type ObjectStore } from '#jobs';
import { registerBundle } from '#models';
import type { ComputeReply, ComputeRequest, ComputeSetup, PredictRequest } from './messages.js';
import { ModelShelf } from './model-shelf.js';
import { predictGroup } from './predict-group.js';
import { toFailure } from './to-failure.js';

/**
 * A compute process: everything that takes processor time or may crash happens here, never in the coordinator.
 * Started by the coordinator, told by it when to stop (the IPC channel closes), ended by its watchdog when the
 * coordinator is gone. A Ctrl-C is the coordinator's to handle.
 */
interface Bench {
  store: ObjectStore;
  shelf: ModelShelf;
  version: string;
}

let bench: Bench | null = null;
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);
process.on('disconnect', () => process.exit(0));
process.on('message', (request: ComputeRequest) => void answer(request));

async function answer(request: ComputeRequest): Promise<void> {
  process.send?.(await toReply(request));
}

async function toReply(request: ComputeRequest): Promise<ComputeReply> {
  switch (request.type) {
    case 'setup':
      bench = await setUp(request);
      return { type: 'setup' };
    case 'register':
      return register(request.folder);
    case 'predict':
      return predict(request);
  }
}

async function setUp(setup: ComputeSetup): Promise<Bench> {
  const { memoryLimitBytes } = setup;
  new Worker(new URL('./watchdog.thread.js', import.meta.url), {
    workerData: { parentPid: process.ppid, memoryLimitBytes },
  });
  const store = await openStore(setup.store);
  return { store, shelf: new ModelShelf(store, setup.engine), version: setup.version };
}

async function register(folder: string): Promise<ComputeReply> {
  try {
    const { record, created } = await registerBundle(folder, ready().store);
    const { name, version, digest } = record;
    return { type: 'register', ok: true, name, version, digest, created };
  } catch (error) {
    return { type: 'register', ok: false, ...toFailure(error) };
  }
}

async function predict(request: PredictRequest): Promise<ComputeReply> {
  return { type: 'predict', results: await predictGroup(ready(), request) };
}

function ready(): Bench {
  if (bench === null) throw new Error('the first request of a compute process must be its setup');
  return bench;
}
