import { mkdir, readdir, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { newRecording } from '../../../../test/recordings.js';
import { until } from '../../../../test/until.js';
import { withFolder } from '../../../../test/with-folder.js';
import { withWorkers } from '../../../../test/with-workers.js';

describe('a worker that starts', () => {
  it('removes what registrations that were killed have left in TMPDIR, and nothing else', () =>
    withFolder((temporary) =>
      withWorkers(async (workers) => {
        const names = ['earshot-bundle-old', 'earshot-bundle-young', 'other-old'];
        for (const name of names) await mkdir(join(temporary, name, 'bundle'), { recursive: true });
        const twoHoursAgo = Date.now() / 1000 - 7200;
        for (const name of names.filter((each) => each.endsWith('old')))
          await utimes(join(temporary, name), twoHoursAgo, twoHoursAgo);
        await workers.start({ TMPDIR: temporary });
        await until('one is gone', async () => (await readdir(temporary)).length < names.length);
        expect((await readdir(temporary)).sort()).toEqual(['earshot-bundle-young', 'other-old']);
      }),
    ));

  it('serves, too, where TMPDIR is not there', () =>
    withWorkers(async (workers) => {
      await workers.start({ TMPDIR: '/nowhere' });
      const { submitter } = workers;
      const jobId = await submitter.submit(newRecording({ seconds: 1 }), 'slow-digits');
      expect((await submitter.ended(jobId)).status).toBe('succeeded');
    }));
});
