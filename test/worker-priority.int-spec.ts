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
  it('leaves the processor to whoever else wants it, as do its compute processes, and has nobody else do so', () =>
    withWorkers(async (workers) => {
      const { submitter } = workers;
      const ours = autogroupOf('self');
      const worker = await workers.start();
      expect(await submitter.ended(await submitter.submit(newRecording({ seconds: 1 }), 'slow-digits'))).toMatchObject({
        status: 'succeeded',
      });
      const processes = [worker.pid, ...worker.children];
      expect(processes).toHaveLength(2);
      expect(processes.map((pid) => getPriority(pid))).toEqual([10, 10]);
      expect(autogroupOf('self')).toBe(ours);
      if (ours !== null) expect(autogroupOf(worker.children[0]!)).toMatch(/nice 10$/m);
    }));
});
