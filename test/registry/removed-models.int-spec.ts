import { readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { recordKey } from '#models/catalog';
import { builtInModels, writeSlowBundle } from '../bundles.js';
import { newRecording } from '../recordings.js';
import { until } from '../until.js';
import { withFolder } from '../with-folder.js';
import { withWorkers, type Workers } from '../with-workers.js';
import { changeModels } from './change-models.js';

const [slow, other] = ['slow-digits', 'spoken-digits'];
const short = newRecording({ seconds: 1 });
const long = newRecording({ seconds: 3000 });
/** Longer than a version is believed to be registered still. */
const beliefMs = 1500;
const change = { name: slow, version: '1.0.0' };

/** One worker, that serves two models with one compute process. */
function withTwoModels(run: (workers: Workers) => Promise<void>): Promise<void> {
  return withFolder((folder) =>
    withWorkers(async (workers) => {
      const bundle = await writeSlowBundle(join(folder, 'bundles'));
      await workers.start({ EARSHOT_MODELS: `${bundle}:${builtInModels}` });
      await run(workers);
    }),
  );
}

/** Whether a process has a file open whose path contains `name`. */
function hasOpen(pid: number, name: string): boolean {
  const folder = `/proc/${pid}/fd`;
  return readdirSync(folder).some((fd) => {
    try {
      return readlinkSync(join(folder, fd)).includes(name);
    } catch {
      return false; // Closed meanwhile.
    }
  });
}

describe('a version that is removed', () => {
  it('fails the jobs that wait for it, and neither the one that runs nor those of another model', () =>
    withTwoModels(async ({ submitter, all: [worker] }) => {
      const running = await submitter.submit(long, slow);
      const processes = worker?.children ?? [];
      await until(
        'it has its model, and reads its input',
        () => processes.some((pid) => hasOpen(pid, running)),
        40_000,
      );
      worker?.pauseChildren();
      const waiting = [await submitter.submit(short, slow), await submitter.submit(short, slow)];
      const others = [await submitter.submit(short, other), await submitter.submit(short, other)];
      const removed = await changeModels(submitter.redis, { change: 'remove-version', ...change });
      expect(removed.state).toBe('done');
      expect((await submitter.read(running)).status).toBe('running');
      await delay(beliefMs);
      worker?.resume();
      expect((await submitter.ended(running)).status).toBe('succeeded');
      for (const id of waiting) {
        const { status, attempts, error } = await submitter.ended(id);
        expect([status, attempts, error?.code]).toEqual(['failed', 1, 'model_removed']);
        expect(error?.detail).toContain('slow-digits 1.0.0 was removed after the job was accepted');
      }
      for (const id of others) expect((await submitter.ended(id)).status).toBe('succeeded');
      expect(worker?.children).toEqual(processes);
    }));

  it('and never was loaded fails its jobs as well', () =>
    withTwoModels(async ({ submitter, all: [worker] }) => {
      worker?.pause();
      const waiting = await submitter.submit(short, slow);
      const others = await submitter.submit(short, other);
      await submitter.store.delete(recordKey(slow, change.version));
      worker?.resume();
      expect(await submitter.ended(waiting)).toMatchObject({ status: 'failed', error: { code: 'model_removed' } });
      expect((await submitter.ended(others)).status).toBe('succeeded');
    }));

  it('is not removed while an alias names it', () =>
    withTwoModels(async ({ submitter }) => {
      const alias = { name: slow, alias: 'stable' };
      expect((await changeModels(submitter.redis, { change: 'set-alias', ...alias, version: '1.0.0' })).state).toBe(
        'done',
      );
      const refused = await changeModels(submitter.redis, { change: 'remove-version', ...change });
      expect(refused).toMatchObject({ state: 'failed', failure: { code: 'model_in_use' } });
      expect((await submitter.ended(await submitter.submit(short, slow))).status).toBe('succeeded');
      expect((await changeModels(submitter.redis, { change: 'remove-alias', ...alias })).state).toBe('done');
      expect((await changeModels(submitter.redis, { change: 'remove-version', ...change })).state).toBe('done');
    }));
});
