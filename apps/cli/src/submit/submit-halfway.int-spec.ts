import { expect, it } from '@jest/globals';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withFolder } from '../../../../test/with-folder.js';
import { withHttp } from '../../../../test/with-http.js';
import { openClient } from '../client/open-client.js';
import { Terminal } from '../terminal/terminal.js';
import { submit, type SubmitOptions } from './submit.js';

const names = Array.from({ length: 12 }, (_, i) => `${String(i).padStart(2, '0')}.wav`);

interface Halfway {
  /** Called once so many files are there, which is when the server is gone or Ctrl-C is typed. */
  at: number;
  then: 'server is gone' | 'Ctrl-C';
  options?: Partial<SubmitOptions>;
  also?: string;
}

/** Submits twelve files to a receiver that makes a job of each; returns what was printed, made, and thrown. */
function submitted({ at, then, options, also }: Halfway) {
  const made: string[] = [];
  const stop = new AbortController();
  return withFolder((folder) =>
    withHttp(
      (request, response) => {
        request.resume().on('end', () => {
          const id = `job_${made.length}`;
          if (request.method === 'POST' && then === 'server is gone' && made.length >= at) return response.destroy();
          if (request.method === 'POST') made.push(id);
          if (then === 'Ctrl-C' && (made.length === at || request.method === 'GET')) stop.abort();
          response.end(JSON.stringify({ id, status: 'queued', error: null, timings: {} }));
        });
      },
      async ({ url }) => {
        await mkdir(join(folder, 'samples'));
        for (const name of names) await writeFile(join(folder, name), 'audio');
        const lines: string[] = [];
        const terminal = new Terminal({ write: (text) => lines.push(String(text)) }, false);
        const sources = [...names, ...(also ? [also] : [])].map((name) => ({ file: join(folder, name) }));
        const place = { terminal, printJson: (line: string) => void lines.push(`${line}\n`), signal: stop.signal };
        const failure = await submit(openClient(url), sources, { model: 'digits', ...options }, place).then(
          () => undefined,
          (error: Error) => error,
        );
        const text = lines.join('').replaceAll(`${folder}/`, '');
        return { made, text, said: failure?.message.replaceAll(`${folder}/`, ''), failure };
      },
    ),
  );
}

function idsIn(text: string): string[] {
  return [...text.matchAll(/job_\d+/g)].map(([id]) => id).sort();
}

it.each([
  ['none.wav', 'none.wav cannot be read: there is no such file'],
  ['samples', 'samples is a folder: earshot batch samples --model digits'],
])('nothing is sent when one of the files is %s', async (also, words) => {
  const { made, said } = await submitted({ at: 99, then: 'server is gone', also });
  expect([made, said]).toEqual([[], words]);
});

it.each([
  [{ at: 6, then: 'server is gone' }, 'EarshotUnreachable'],
  [{ at: 6, then: 'server is gone', options: { json: true } }, 'EarshotUnreachable'],
  [{ at: 6, then: 'server is gone', options: { wait: true } }, 'EarshotUnreachable'],
  [{ at: 6, then: 'Ctrl-C' }, 'AbortError'],
  [{ at: 99, then: 'Ctrl-C', options: { wait: true } }, 'AbortError'],
] as const)('every job that was made is printed when halfway, as in %j', async (halfway, name) => {
  const { made, text, failure } = await submitted(halfway);
  expect(failure?.name).toBe(name);
  expect(idsIn(text)).toEqual(made.toSorted());
  expect(made.length).toBeGreaterThanOrEqual(Math.min(halfway.at, names.length));
  if (halfway.at < names.length) expect(made.length).toBeLessThan(names.length);
});
