import { describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { getPriority } from 'node:os';
import { newRecording } from './recordings.js';
import { withWorkers } from './with-workers.js';

/** What Linux gives the whole session of a process; null on systems that weigh processes alone. */
function autogroupOf(pid: number | 'self'): string | null {
  const file = `/proc/${pid}/autogroup`;
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}

describe('a worker', () => {
  it.each([
    ['that only infers leaves the processor to whoever else wants it', 'infer', 10],
    ['that also notifies has only its compute processes do so', 'infer,notify', getPriority()],
  ])('%s, and has nobody else do so', (_what, EARSHOT_ROLES, niceness) =>
    withWorkers(async (workers) => {
      const { submitter } = workers;
      const ours = autogroupOf('self');
      const worker = await workers.start({ EARSHOT_ROLES });
      const id = await submitter.submit(newRecording({ seconds: 1 }), 'slow-digits');
      expect(await submitter.ended(id)).toMatchObject({ status: 'succeeded' });
      expect([worker.pid, ...worker.children].map((pid) => getPriority(pid))).toEqual([niceness, 10]);
      expect(autogroupOf('self')).toBe(ours);
      if (ours !== null) expect(autogroupOf(worker.children[0]!)).toMatch(/nice 10$/m);
    }),
  );
});
