import { createReadStream } from 'node:fs';
import { loadModel, startEngine, type LoadedModel, type TimedPrediction } from '#models';
import { windowOf } from '#models/card';
import { readModelRecord } from '#models/catalog';
import { toLoggedFailure } from '../compute/to-logged-failure.js';
import { median } from './median.js';
import type { InputReply, LoadedReply, MeasureRequest } from './messages.js';
import { openFolderStore } from './open-folder-store.js';

/** Runs of one thing: enough for a median, and few where each takes long. */
const [fewestRuns, mostRuns, enoughMs] = [3, 25, 1000];

/**
 * Loads a registered model as a compute process does, and has it predict each input several times.
 *
 * @throws what loading throws; an input that cannot be read fails alone
 */
export async function* measureModel(request: MeasureRequest): AsyncGenerator<LoadedReply | InputReply> {
  const store = await openFolderStore(request.store);
  const record = await readModelRecord(store, request.model.name, request.model.version);
  if (record === undefined) throw new Error('the model to measure is not registered');
  await startEngine(request.engine);
  const memoryBefore = residentBytes();
  const loading = performance.now();
  const model = await loadModel(record, store, request.engine);
  try {
    const loadMs = performance.now() - loading;
    const networkMs = await networkAlone(model);
    const addedBytes = Math.max(0, residentBytes() - memoryBefore);
    yield { type: 'loaded', engine: model.engine, loadMs, networkMs, addedBytes };
    for (const file of request.inputs) yield await measureInput(model, file);
  } finally {
    await model.dispose();
  }
}

/** Without what waits to be collected, where the process is started with `--expose-gc`. */
function residentBytes(): number {
  globalThis.gc?.();
  return process.memoryUsage.rss();
}

async function networkAlone(model: LoadedModel): Promise<number> {
  const values = model.record.network.inputs[0]!.shape.reduce((product, size) => product * size, 1);
  // Within [-1, 1], as most networks are given, and not zeros, which some processors multiply faster.
  const tensor = Float32Array.from({ length: values }, (_, i) => Math.sin(i * i));
  const noise = { tensor, decodeMs: 0, featuresMs: 0, seconds: 0 };
  const runs = await repeat(async () => {
    const start = performance.now();
    await model.predict([noise]);
    return performance.now() - start;
  });
  return median(runs);
}

async function measureInput(model: LoadedModel, file: string): Promise<InputReply> {
  try {
    const runs = await repeat(async () => {
      const start = performance.now();
      const timed = await predict(model, file);
      return { ...timed, totalMs: performance.now() - start };
    });
    const medianOf = (part: 'decodeMs' | 'featuresMs' | 'inferenceMs' | 'totalMs') =>
      median(runs.map((run) => run[part]));
    return {
      ...{ type: 'input', file, prediction: runs[0]!.prediction, runs: runs.length },
      decodeMs: medianOf('decodeMs'),
      featuresMs: medianOf('featuresMs'),
      networkMs: medianOf('inferenceMs'),
      totalMs: medianOf('totalMs'),
    };
  } catch (error) {
    const { code, detail, cause } = toLoggedFailure(error);
    return { type: 'input', file, failure: { code, detail: code === 'internal_error' ? (cause ?? detail) : detail } };
  }
}

async function predict(model: LoadedModel, file: string): Promise<TimedPrediction> {
  const source = createReadStream(file) as AsyncIterable<Buffer> & ReturnType<typeof createReadStream>;
  try {
    if (windowOf(model.record.card)) return await model.predictWindows(source);
    const input = await model.prepare(source);
    const start = performance.now();
    const [prediction] = await model.predict([input]);
    const { decodeMs, featuresMs } = input;
    return { prediction: prediction!, decodeMs, featuresMs, inferenceMs: performance.now() - start };
  } finally {
    source.destroy();
  }
}

/** What `run` gives, after a first time that does not count. */
async function repeat<T>(run: () => Promise<T>): Promise<T[]> {
  await run();
  const results: T[] = [];
  const start = performance.now();
  while (results.length < fewestRuns || (results.length < mostRuns && performance.now() - start < enoughMs))
    results.push(await run());
  return results;
}
