import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { FolderStore } from '#jobs';
import { EarshotProcess } from '../../../test/earshot-process.js';
import { putTestModel } from '../../../test/model-record.js';
import { newRecording } from '../../../test/recordings.js';
import { SlowUpload } from '../../../test/slow-upload.js';
import { until } from '../../../test/until.js';
import { withFolder } from '../../../test/with-folder.js';
import { withRedis } from '../../../test/with-redis.js';

const main = fileURLToPath(new URL('../../../dist/apps/api/src/main.js', import.meta.url));

interface StartedApi {
  api: EarshotProcess;
  url: string;
}

/** An API as a process of its own, ready, with the model `demo`. */
function withProcess(run: (started: StartedApi) => Promise<void>, settings: Record<string, string> = {}) {
  return withFolder((folder) =>
    withRedis(async (redis) => {
      const objects = join(folder, 'objects');
      await putTestModel(new FolderStore(objects), 'demo');
      const env = { REDIS_URL: redis.address, EARSHOT_STORE: `folder:${objects}`, EARSHOT_PORT: '0', ...settings };
      const { process: api, said } = await EarshotProcess.start('api', env);
      try {
        const url = said.url ?? '';
        await until('the API is ready', async () => (await fetch(`${url}/readyz`)).ok);
        await run({ api, url });
      } finally {
        await api.stop('SIGKILL');
      }
    }),
  );
}

/** Runs it to its end; for starts that fail. */
function runToEnd(settings: Record<string, string>) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main], {
    env: { PATH: process.env['PATH'], ...settings },
    encoding: 'utf8',
    timeout: 20_000,
  });
  return { status, stdout, stderr };
}

/** Resident memory in MiB. */
function rssMib(pid: number): number {
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
}

describe('the API process', () => {
  it('names every fault of its settings, one a line, and exits with 1', () => {
    const { status, stderr } = runToEnd({ EARSHOT_HOST: '0.0.0.0', EARSHOT_PORT: 'x', EARSHOT_TYPO: '1' });
    expect(status).toBe(1);
    expect(
      stderr
        .trim()
        .split('\n')
        .map((line) => line.split(' ').slice(0, 3).join(' '))
        .sort(),
    ).toEqual(['earshot api: EARSHOT_HOST', 'earshot api: EARSHOT_PORT', 'earshot api: EARSHOT_TYPO']);
  });

  it('says in one line that its port is taken, and exits with 1', () =>
    withFolder(async (folder) => {
      const server = createServer().listen(0, '127.0.0.1');
      await once(server, 'listening');
      const { port } = server.address() as { port: number };
      const settings = { EARSHOT_PORT: String(port), EARSHOT_STORE: `folder:${folder}`, EARSHOT_LOG_LEVEL: 'silent' };
      const { status, stderr } = runToEnd({ ...settings, REDIS_URL: `unix:${folder}/none.sock` });
      server.close();
      expect(status).toBe(1);
      expect(stderr).toMatch(/^earshot api: .*EADDRINUSE.*\n$/);
    }));

  it.each(['SIGTERM', 'SIGINT'] as const)('finishes running requests on %s, and exits with 0', (signal) =>
    withProcess(async ({ api, url }) => {
      const recording = newRecording({ seconds: 1 });
      const upload = new SlowUpload(`${url}/jobs?model=demo`, { 'content-length': recording.length });
      await upload.send(recording.subarray(0, 1000));
      const ended = once(api.process, 'exit');
      await until('the upload is under way', () => fetch(`${url}/livez`).then(({ ok }) => ok));
      api.signal(signal);
      await until('it stops', () => api.log.includes('API stopping'));
      await upload.send(recording.subarray(1000));
      expect((await upload.answer()).status).toBe(202);
      expect(await ended).toEqual([0, null]);
    }),
  );

  it('ends at once on a second signal', () =>
    withProcess(async ({ api, url }) => {
      const upload = new SlowUpload(`${url}/jobs?model=demo`, {});
      await upload.send(newRecording({ seconds: 1 }));
      const ended = once(api.process, 'exit');
      api.signal('SIGTERM');
      await until('it stops', () => api.log.includes('API stopping'));
      api.signal('SIGTERM');
      expect(await ended).toEqual([1, null]);
    }));

  it('stops when its parent goes, if it was told to', () =>
    withProcess(
      async ({ api }) => {
        const ended = once(api.process, 'exit');
        api.process.disconnect();
        expect(await ended).toEqual([0, null]);
      },
      { EARSHOT_PARENT: 'ipc' },
    ));

  it.each([
    ['raw', '', {}],
    [
      'as a form',
      '--x\r\nContent-Disposition: form-data; name="file"; filename="a.wav"\r\n\r\n',
      { 'content-type': 'multipart/form-data; boundary=x' },
    ],
  ])('takes 400 MiB %s with less than 100 MiB of memory', (_kind, before, headers) =>
    withProcess(async ({ api, url }) => {
      const upload = new SlowUpload(`${url}/jobs?model=demo`, headers);
      await upload.send(before);
      await upload.send(newRecording({ seconds: 1 }));
      const atRest = rssMib(api.pid);
      const mebibyte = Buffer.alloc(2 ** 20);
      let most = 0;
      for (let sent = 0; sent < 400; sent += 1) {
        await upload.send(mebibyte);
        most = Math.max(most, rssMib(api.pid));
      }
      await upload.send(before === '' ? '' : '\r\n--x--\r\n');
      upload.end();
      expect((await upload.answer()).status).toBe(202);
      process.stdout.write(`400 MiB ${_kind}: from ${atRest.toFixed(0)} to at most ${most.toFixed(0)} MiB resident\n`);
      expect(most - atRest).toBeLessThan(100);
    }),
  );
});
