import { expect } from '@jest/globals';
import type { BatchView, ResultLine } from '#jobs';
import { linesOf } from './ask-batches.js';
import { builtInModels } from './bundles.js';
import { newRecording } from './recordings.js';
import { until } from './until.js';
import { withService, type Service } from './with-service.js';

/** Enough for what a test waits for, on a slow machine. */
export const jobMs = 60_000;

/** Distinct recordings, each a little longer than the one before. */
export const recordings = Array.from(
  { length: 60 },
  (_, i) => new Uint8Array(newRecording({ seconds: 0.3 + i / 1000 })),
);
/** Begins as a recording, and ends before it says of what kind. */
export const damaged = recordings[0]!.slice(0, 20);

/** Runs `run` with an Earshot that has a worker and the built-in models, and short locks. */
export const withDigits = (settings: Record<string, string>, run: (service: Service) => Promise<void>): Promise<void> =>
  withService({ EARSHOT_MODELS: builtInModels, EARSHOT_LOCK_SECONDS: '2', ...settings }, async (service) => {
    await service.startWorker();
    await run(service);
  });

/** Asks until it is answered: in these tests the API may be gone for a while. */
export async function askUntil<T>(
  service: Service,
  method: string,
  path: string,
  body?: Uint8Array<ArrayBuffer> | string,
): Promise<T> {
  return until(`${method} ${path}`, async () => {
    const answer = await fetch(`${service.url}${path}`, { method, ...(body !== undefined && { body }) }).catch(
      () => null,
    );
    return answer?.ok ? ((await answer.json()) as T) : null;
  });
}

/** Opens a batch of the model that reads spoken digits. */
export async function open(service: Service, fields: object = {}): Promise<string> {
  const body = JSON.stringify({ model: 'spoken-digits', ...fields });
  return (await askUntil<BatchView>(service, 'POST', '/batches', body)).id;
}

export const add = (service: Service, id: string, path: string, bytes: Uint8Array<ArrayBuffer>) =>
  askUntil<{ job: string }>(service, 'POST', `/batches/${id}/files?path=${path}`, bytes);

export const read = (service: Service, id: string) => askUntil<BatchView>(service, 'GET', `/batches/${id}`);

/** Closes a batch, and waits for its end. */
export async function finish(service: Service, id: string): Promise<BatchView> {
  await askUntil(service, 'POST', `/batches/${id}/close`);
  return isOver(service, id);
}

/** Waits for the end of a batch, whose counts add up at any time. */
export function isOver(service: Service, id: string): Promise<BatchView> {
  const look = async (): Promise<BatchView | null> => {
    const batch = await read(service, id);
    const { total, ...counts } = batch.counts;
    expect(Object.values(counts).reduce((sum, count) => sum + count)).toBe(total);
    return batch.finishedAt === null ? null : batch;
  };
  return until('the batch is over', look, jobMs);
}

export const resultsOf = (service: Service, id: string) => linesOf<ResultLine>(service, `/batches/${id}/results`);
