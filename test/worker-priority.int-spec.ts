import { describe, expect, it } from '@jest/globals';
import { getPriority } from 'node:os';
import { newRecording } from './recordings.js';
import { withWorkers } from './with-workers.js';

describe('a worker', () => {
  it('leaves the processor to whoever else wants it, and so do its compute processes', () =>
    withWorkers(async (workers) => {
      const { submitter } = workers;
      const worker = await workers.start();
      expect(await submitter.ended(await submitter.submit(newRecording({ seconds: 1 }), 'slow-digits'))).toMatchObject({
        status: 'succeeded',
      });
      const processes = [worker.pid, ...worker.children];
      expect(processes).toHaveLength(2);
      expect(processes.map((pid) => getPriority(pid))).toEqual([10, 10]);
    }));
});
