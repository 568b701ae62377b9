import { describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { withHttp } from '../with-http.js';

const model = { name: 'digits', version: '1.0.0', aliases: {} };

/** What a command prints on each stream, asking an Earshot that answers all with this. */
function printed(args: string[], answer: object, stdoutFile?: string) {
  return withHttp(
    (request, response) => request.resume().on('end', () => response.end(JSON.stringify(answer))),
    async ({ url }) => {
      const command = spawn(process.execPath, ['bin/earshot.mjs', ...args], {
        env: { PATH: process.env['PATH'], EARSHOT_URL: url },
        stdio: ['ignore', stdoutFile === undefined ? 'pipe' : openSync(stdoutFile, 'w'), 'pipe'],
      });
      const texts = { stdout: '', stderr: '' };
      for (const name of ['stdout', 'stderr'] as const)
        command[name]?.on('data', (text: Buffer) => (texts[name] += text.toString()));
      const [code] = (await once(command, 'close')) as [number | null];
      return { ...texts, code };
    },
  );
}

describe('what the earshot command prints', () => {
  it.each([
    ['models', { models: [model] }, 'digits '],
    ['keys', { keys: [] }, 'There are no keys'],
  ])('is the list for %s alone', async (command, answer, text) => {
    expect(await printed([command], answer)).toMatchObject({ code: 0, stdout: expect.stringContaining(text) });
  });

  it('is on stdout what was found out, on stderr how far it is', async () => {
    const job = { id: 'job_1', status: 'succeeded', result: null, error: null, timings: {} };
    const { code, stdout, stderr } = await printed(['submit', 'samples/seven-rms.wav', '-m', 'digits', '-w'], job);
    expect([code, stdout.split('\n')[0], stderr]).toEqual([0, expect.stringMatching(/^file /), '1 of 1 done ...\n']);
  });

  it('cannot be written: that is said in a line', async () => {
    const { code, stderr } = await printed(['models'], { models: [model] }, '/dev/full');
    expect([code, stderr]).toEqual([1, 'earshot: the output cannot be written: no space is left there\n']);
  });
});
