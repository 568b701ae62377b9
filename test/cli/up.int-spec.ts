import { describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { until } from '../until.js';
import { withFolder } from '../with-folder.js';
import { withRedis } from '../with-redis.js';
import { EarshotCommand } from './earshot-command.js';

/** Runs `use` with an `earshot up` on a free port, over a Redis and a folder of the test's own. */
async function withUp(
  use: (up: EarshotCommand, url: string) => Promise<void>,
  settings: Record<string, string> = {},
): Promise<void> {
  await withFolder((folder) =>
    withRedis(async (redis) => {
      const store = `folder:${join(folder, 'objects')}`;
      const free = { REDIS_URL: redis.address, EARSHOT_STORE: store, EARSHOT_PORT: '0' };
      const up = new EarshotCommand(['up'], { ...free, ...settings });
      try {
        const url = await until('Earshot is up', () => addressIn(up), 30_000);
        await use(up, url);
      } finally {
        up.process.kill('SIGKILL');
        await until('nothing is left running', () => up.running().length === 0, 20_000);
      }
    }),
  );
}

/** Its workers, each with its roles; null for one that was told none. */
function workersOf(up: EarshotCommand): { pid: number; roles: string | null }[] {
  return up
    .running()
    .filter(({ command }) => command.includes('worker/src/main.js'))
    .map(({ pid, environment }) => ({ pid, roles: /^EARSHOT_ROLES=(.*)$/m.exec(environment)?.[1] ?? null }));
}

/** Where it listens, once it has said so. */
function addressIn(up: EarshotCommand): string | undefined {
  if (up.process.exitCode !== null) throw new Error(`earshot up ended:\n${up.output}`);
  return /Earshot is up at (\S+)/.exec(up.output)?.[1];
}

/** The lines of the README that a newcomer pastes while Earshot is up, whole commands each. */
async function pastedLines(): Promise<string[]> {
  const blocks = (await readFile('README.md', 'utf8')).matchAll(/^```sh\n([^]*?)^```/gm);
  return [...blocks].flatMap(([, block = '']) => block.split('\n')).filter((line) => /^(curl|npx earshot) /.test(line));
}

async function paste(line: string, EARSHOT_URL: string): Promise<string> {
  const env = { ...process.env, EARSHOT_URL };
  return (await promisify(execFile)('sh', ['-c', line.replaceAll('http://localhost:3000', EARSHOT_URL)], { env }))
    .stdout;
}

describe('earshot up', () => {
  it('answers every line of the README as it says', async () => {
    await withUp(async (_up, url) => {
      const [form = '', raw = '', waiting = '', poll = '', command = '', folder = '', check = '', add = '', fan = ''] =
        await pastedLines();
      const queued = JSON.parse(await paste(form, url)) as { id: string };
      // A free worker may have begun, or even ended it, by the time the answer is written.
      const accepted = { id: expect.stringMatching(/^job_/) };
      expect(queued).toMatchObject(accepted);
      expect(JSON.parse(await paste(raw, url))).toMatchObject(accepted);
      expect(JSON.parse(await paste(waiting, url))).toMatchObject({ status: 'succeeded', result: { label: 'seven' } });
      const look = poll.replace('job_01K...', queued.id);
      await until('the first job has a result', async () => (await paste(look, url)).includes('"succeeded"'));
      expect(await paste(command, url)).toMatch(/^seven-\S+ +seven /m);
      await withFolder(async (into) => {
        const results = join(into, 'results.csv');
        expect(await paste(folder.replace('results.csv', results), url)).toMatch(/^batch_\w+: 10 succeeded, /m);
        expect((await readFile(results, 'utf8')).split('\r\n')).toHaveLength(12);
      });
      // The reader's own model and recording, for which those that are here stand in.
      const own = (line: string, model: string) =>
        paste(line.replace('fan-fault', model).replace('fan.wav', 'samples/seven-rms.wav'), url);
      expect(await own(check, 'models/spoken-digits/1.0.0')).toMatch(/^seven-\S+ +seven /m);
      expect(await own(add, 'models/spoken-digits/1.0.0')).toMatch(/^was there already: spoken-digits 1\.0\.0 /m);
      expect(JSON.parse(await own(fan, 'spoken-digits'))).toMatchObject(accepted);
    });
  });

  it('stops all of it when it is asked to, and calls that a success', async () => {
    await withUp(async (up) => {
      up.process.kill('SIGINT');
      expect(await up.exitCode()).toBe(0);
      expect(up.output).toMatch(/^Stopped\.\n$/m);
      expect(up.running()).toEqual([]);
    });
  });

  it('leaves nothing running when it is killed', async () => {
    await withUp(async (up) => {
      expect(up.running().length).toBeGreaterThan(2);
      up.process.kill('SIGKILL');
      await until('API, worker and compute processes are gone', () => up.running().length === 0);
    });
  });

  it.each([
    ['worker', 'infer'],
    ['notify', 'notify'],
  ])('stops as a whole, and says why, when %s is killed', (name, itsRoles) =>
    withUp(async (up) => {
      process.kill(workersOf(up).find(({ roles }) => roles === itsRoles)?.pid ?? NaN, 'SIGKILL');
      expect(await up.exitCode()).toBe(1);
      expect(up.output).toMatch(new RegExp(`^earshot: ${name} ended unexpectedly \\(SIGKILL\\)`, 'm'));
    }),
  );

  it.each([
    ['a worker for each role', 'notify, infer,', ['infer', 'notify']],
    ['one worker where one role is asked for', 'infer', ['infer']],
  ])('has %s', (_what, EARSHOT_ROLES, itsRoles) =>
    withUp(
      (up) => {
        const roles = workersOf(up).map((worker) => worker.roles);
        expect(roles.toSorted()).toEqual(itsRoles);
        return Promise.resolve();
      },
      { EARSHOT_ROLES },
    ),
  );

  it('names a setting that is none', async () => {
    const up = new EarshotCommand(['up'], { EARSHOT_PROT: '80', EARSHOT_PORT: '0', REDIS_URL: 'redis://127.0.0.1:1' });
    expect(await up.exitCode()).toBe(1);
    expect(up.output).toContain('EARSHOT_PROT is no setting');
  });
});
