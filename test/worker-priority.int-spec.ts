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
  it('has its compute processes, and nobody else, leave the processor to whoever else wants it', () =>
    withWorkers(async (workers) => {
      const { submitter } = workers;
      const ours = autogroupOf('self');
      const worker = await workers.start();
      expect(await submitter.ended(await submitter.submit(newRecording({ seconds: 1 }), 'slow-digits'))).toMatchObject({
        status: 'succeeded',
      });
      expect(worker.children.map((pid) => getPriority(pid))).toEqual([10]);
      expect(getPriority(worker.pid)).toBe(getPriority());
      expect(autogroupOf('self')).toBe(ours);
      if (ours !== null) expect(autogroupOf(worker.children[0]!)).toMatch(/nice 10$/m);
    }));
});
