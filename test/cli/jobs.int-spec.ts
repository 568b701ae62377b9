import { execFile } from 'node:child_process';
import { expect, it } from '@jest/globals';
import { promisify } from 'node:util';
import { builtInModels } from '../bundles.js';
import { newRecording } from '../recordings.js';
import { withService, type Service } from '../with-service.js';
import { EarshotCommand } from './earshot-command.js';

const commandMs = 120_000;

/** More than the API shows on one page. */
const many = 103;

async function run(url: string, ...args: string[]): Promise<string> {
  const command = new EarshotCommand(args, { EARSHOT_URL: url });
  const code = await command.exitCode();
  return `${command.output}exit code ${code}`;
}

async function submit({ url }: Service, prefer = 'wait=0'): Promise<string> {
  const headers = { 'content-type': 'audio/wav', prefer };
  const body = newRecording({ seconds: 0.3 });
  const answer = await fetch(`${url}/jobs?model=spoken-digits`, { method: 'POST', headers, body });
  return ((await answer.json()) as { id: string }).id;
}

function jsonLines(output: string): Record<string, unknown>[] {
  const lines = output.split('\n').filter((line) => line.startsWith('{'));
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

it(
  'earshot jobs lists, shows, cancels, runs again and removes jobs, and prints results',
  () =>
    withService({ EARSHOT_MODELS: builtInModels }, async (service) => {
      const { url } = service;
      expect(await run(url, 'jobs')).toBe('There are no such jobs.\nexit code 0');
      const worker = await service.startWorker();
      const done = await submit(service, 'wait=60');
      await worker.stop('SIGTERM');

      const row = new RegExp(`^${done} +succeeded +spoken-digits@1.0.0 +\\w+ +[\\d.e-]+ +\\d+ (s|min)$`, 'm');
      expect(await run(url, 'jobs')).toMatch(/^id +status +model +label or error +score +age\n/);
      expect(await run(url, 'jobs', '--status', 'succeeded,failed')).toMatch(row);
      expect(await run(url, 'jobs', 'show', done)).toMatch(/^label +\w+ {2}[\d.e-]+\ncreated +2\d{3}-/m);
      const result = await run(url, 'jobs', 'result', done);
      expect(jsonLines(result)[0]).toMatchObject({ label: expect.any(String), provenance: expect.any(Object) });

      const ids = await Promise.all(Array.from({ length: many }, () => submit(service)));
      const [waiting = '', other = ''] = ids;
      const shown = jsonLines(await run(url, 'jobs', 'list', '--status', 'queued', '--limit', '102', '--json'));
      expect(new Set(shown.map(({ id }) => id)).size).toBe(102);
      expect(jsonLines(await run(url, 'jobs', 'list', '-n', '1000', '--json'))).toHaveLength(many + 1);
      expect(await run(url, 'jobs', 'show', waiting)).toMatch(/^position +\d+$/m);
      const piped = `node bin/earshot.mjs jobs -n 1000 --json | head -n 1`;
      const { stdout, stderr } = await promisify(execFile)('sh', ['-c', piped], {
        env: { ...process.env, EARSHOT_URL: url },
      });
      expect([jsonLines(stdout).length, stderr]).toEqual([1, '']);

      expect(await run(url, 'jobs', 'cancel', waiting, 'job_none', other)).toBe(
        `${waiting}  canceled\njob_none: job_not_found: There is no job of that id; POST /jobs answers with those it makes.\n${other}  canceled\n` +
          'earshot: 1 of 3 jobs stay as they were\nexit code 1',
      );
      expect(await run(url, 'jobs', '-s', 'canceled')).toMatch(new RegExp(`^${waiting} +canceled `, 'm'));
      const again = await run(url, 'jobs', 'retry', waiting, '--json');
      expect(jsonLines(again)).toMatchObject([{ id: waiting, status: 'queued' }]);
      expect(await run(url, 'jobs', 'remove', waiting)).toMatch(/job_unfinished.*\n.*\nexit code 1$/);
      expect(await run(url, 'jobs', 'remove', done)).toBe(`${done}  removed\nexit code 0`);
      expect(jsonLines(await run(url, 'jobs', 'remove', '--json', other))).toEqual([{ id: other, removed: true }]);
      expect(await run(url, 'jobs', 'result', done)).toMatch(/^earshot: job_not_found: .*\nexit code 1$/);
      expect(await run(url, 'jobs', '--limit', '0')).toMatch(/must be a whole number.*\nexit code 1$/);
      expect(await run(url, 'jobs', '--status', 'lost')).toMatch(/^earshot: invalid_request: .*status.*\nexit code 1$/);
    }),
  commandMs,
);
