import { expect, it } from '@jest/globals';
import { join } from 'node:path';
import { builtInModels } from '../bundles.js';
import { newRecording } from '../recordings.js';
import { until } from '../until.js';
import { withHttp } from '../with-http.js';
import { withService } from '../with-service.js';
import { EarshotCommand } from './earshot-command.js';

const commandMs = 120_000;
const seven = join('samples', 'seven-rms.wav');

async function submit(url: string, ...args: string[]): Promise<{ code: number | null; output: string }> {
  const command = new EarshotCommand(['submit', '-m', 'spoken-digits', ...args], { EARSHOT_URL: url });
  return { code: await command.exitCode(), output: command.output };
}

function jobsIn(output: string): Record<string, unknown>[] {
  const lines = output.split('\n').filter((line) => line.startsWith('{'));
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

it(
  'earshot submit sends files and addresses, with all that a job may be asked for',
  () =>
    withHttp(
      (_, response) => response.end(newRecording({ seconds: 0.4 })),
      (http) =>
        withService({ EARSHOT_MODELS: builtInModels, EARSHOT_EGRESS_ALLOW: '127.0.0.1' }, async (service) => {
          const { url } = service;
          await service.startWorker();
          const webhook = JSON.stringify({ url: `${http.url}/told`, events: ['job.succeeded'] });
          const asked = [
            ...['--priority', '9', '--expires-in', '600', '--timeout', '60', '--metadata', '{"site": "north"}'],
            ...['--webhook', webhook],
          ];
          const both = await submit(url, seven, '--url', `${http.url}/far.wav`, ...asked, '--wait', '--json');
          expect([both.code, jobsIn(both.output)]).toMatchObject([
            0,
            [
              { status: 'succeeded', metadata: { site: 'north' }, input: { filename: 'seven-rms.wav' } },
              { status: 'succeeded', metadata: { site: 'north' }, input: { filename: 'far.wav' } },
            ],
          ]);

          const once = [seven, '--idempotency-key', 'nightly-1', '--json'];
          const [first, again] = [await submit(url, ...once), await submit(url, ...once)];
          expect(jobsIn(first.output)[0]?.['id']).toBe(jobsIn(again.output)[0]?.['id']);

          for (const [args, refusal] of [
            [[seven, '--priority', '10'], 'invalid_request: Correct these fields: .*priority'],
            [[seven, '--metadata', '[]'], 'must be a JSON object'],
            [[seven, '--timeout', 'long'], 'must be a number'],
            [[seven, seven, '--idempotency-key', 'k'], 'for one file or address'],
            [[], 'name the files to submit'],
            [[seven, 'none.wav'], 'none.wav cannot be read: there is no such file'],
          ] as const) {
            const { code, output } = await submit(url, ...args);
            expect([code, output]).toEqual([1, expect.stringMatching(refusal)]);
          }
        }),
    ),
  commandMs,
);

it('Ctrl-C ends earshot submit as a shell expects, with the jobs that it made', () => {
  let made = 0;
  return withHttp(
    (request, response) =>
      request.resume().on('end', () => {
        const id = request.method === 'POST' ? `job_${(made += 1)}` : request.url?.split('/').at(-1);
        response.end(JSON.stringify({ id, status: 'queued', error: null, timings: {} }));
      }),
    async ({ url, requests }) => {
      const command = new EarshotCommand(['submit', seven, seven, '-m', 'm', '--wait'], { EARSHOT_URL: url });
      await until('results are asked for', () => requests.some(({ method }) => method === 'GET'), commandMs);
      command.process.kill('SIGINT');
      expect(await command.exitCode()).toBe(130);
      for (const line of [/^job_1 {2}queued /m, /^job_2 {2}queued /m, /^earshot: stopped on request$/m])
        expect(command.output).toMatch(line);
    },
  );
});
