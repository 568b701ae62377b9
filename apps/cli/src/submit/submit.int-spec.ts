import { describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { withFolder } from '../../../../test/with-folder.js';
import { openClient } from '../client/open-client.js';
import { isProblem, problemWords } from '../client/problem-words.js';
import { Terminal } from '../terminal/terminal.js';
import { submit, type SubmitOptions } from './submit.js';

const timings = { queueMs: 2, decodeMs: 1, featuresMs: 2.5, inferenceMs: 0.5 };
const succeeded = { id: 'job_1', status: 'succeeded', result: { label: 'seven', score: 0.75 }, error: null, timings };
const failed = {
  ...succeeded,
  status: 'failed',
  result: null,
  error: { code: 'input_unreadable', detail: 'not a WAV' },
};

/** A receiver that takes every submission as job_1, queued, and answers `later` once it is asked for the job. */
async function withReceiver(later: object, use: (url: string, bodies: string[]) => Promise<void>): Promise<void> {
  const bodies: string[] = [];
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    request.setEncoding('utf8');
    let body = '';
    request.on('data', (text: string) => (body += text));
    request.on('end', () => {
      if (body) bodies.push(body);
      const problem = { status: 415, code: 'input_type_mismatch', title: 'wrong kind', detail: 'send a recording' };
      const refused = body.includes('not audio');
      response.statusCode = refused ? 415 : 200;
      const taken = { ...succeeded, status: 'queued', result: null };
      response.end(JSON.stringify(refused ? problem : body ? taken : later));
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  try {
    await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, bodies);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

/** Submits files with these contents, and returns what a person and a program would read, and the failure. */
async function submitted(url: string, contents: Record<string, string>, options: SubmitOptions) {
  return withFolder(async (folder) => {
    const written: string[] = [];
    const json: string[] = [];
    const terminal = new Terminal({ write: (text: string) => written.push(text) }, false);
    const files = Object.keys(contents).map((name) => join(folder, name));
    for (const [name, content] of Object.entries(contents)) await writeFile(join(folder, name), content);
    const sources = files.map((file) => ({ file }));
    const run = submit(openClient(url), sources, options, { terminal, printJson: (line) => json.push(line) });
    const failure = await run.then(
      () => undefined,
      (error: Error) => (isProblem(error) ? problemWords(error) : error.message),
    );
    return { text: written.join('').replaceAll(`${folder}/`, ''), json, failure };
  });
}

describe('earshot submit', () => {
  it('sends each file with its name and the model', async () => {
    await withReceiver(succeeded, async (url, bodies) => {
      await submitted(url, { 'a.wav': 'audio' }, { model: 'digits' });
      expect(bodies).toHaveLength(1);
      expect(bodies[0]).toMatch(/name="model"\s+digits\s/);
      expect(bodies[0]).toMatch(/name="file"; filename="a.wav"[^]*audio/);
    });
  });

  it('sends what it was asked for with each file', async () => {
    await withReceiver(succeeded, async (url, bodies) => {
      const asked = {
        priority: 9,
        expiresIn: 60,
        timeout: 1.5,
        metadata: { site: 'north' },
        webhook: 'https://a.test/',
      };
      await submitted(url, { 'a.wav': 'audio' }, { model: 'digits', ...asked });
      const fields = [...(bodies[0] ?? '').matchAll(/name="(\w+)"\r\n\r\n(.*)\r\n/g)].map(([, name, text]) => [
        name,
        text,
      ]);
      expect(Object.fromEntries(fields)).toEqual({
        ...{ model: 'digits', priority: '9', expiresIn: '60', timeout: '1.5' },
        ...{ metadata: '{"site":"north"}', webhook: 'https://a.test/' },
      });
    });
  });

  it('shows the jobs it made', async () => {
    await withReceiver(succeeded, async (url) => {
      const { text, failure } = await submitted(url, { 'a.wav': 'audio' }, { model: 'digits' });
      expect(text).toBe('job_1  queued  a.wav\n');
      expect(failure).toBeUndefined();
    });
  });

  it('waits for the results and shows them as a table', async () => {
    await withReceiver(succeeded, async (url) => {
      const { text } = await submitted(url, { 'a.wav': 'audio' }, { model: 'digits', wait: true });
      expect(text).toContain('file   label  score  queue ms  compute ms\na.wav  seven  0.750       2.0         4.0\n');
    });
  });

  it.each([
    [
      'every label that applies',
      { label: 'bark', score: 0.9, labels: [{ label: 'bark' }, { label: 'siren' }] },
      'bark, siren  0.900',
    ],
    [
      'the shape of values as they are',
      { label: null, score: null, tensor: { shape: [2, 64] } },
      '2 x 64 values      -',
    ],
    ['errors that are small', { label: 'normal', score: 0.0000123 }, 'normal  1.23e-5'],
  ])('shows %s', async (_, result, row) => {
    await withReceiver({ ...succeeded, result }, async (url) => {
      const { text } = await submitted(url, { 'a.wav': 'audio' }, { model: 'digits', wait: true });
      expect(text).toContain(`a.wav  ${row}  `);
    });
  });

  it('prints each job as one line of JSON, with all that the API says of it', async () => {
    await withReceiver({ ...succeeded, attempts: 1 }, async (url) => {
      const { json } = await submitted(url, { 'a.wav': 'audio' }, { model: 'digits', wait: true, json: true });
      expect(json.map((line) => JSON.parse(line) as unknown)).toEqual([{ ...succeeded, attempts: 1 }]);
    });
  });

  it('fails when a job failed, and says why', async () => {
    await withReceiver(failed, async (url) => {
      const { text, failure } = await submitted(url, { 'a.wav': 'audio' }, { model: 'digits', wait: true });
      expect(text).toContain('a.wav: input_unreadable: not a WAV');
      expect(failure).toBe('1 of 1 files have no result');
    });
  });

  it('submits the others when a file is refused', async () => {
    await withReceiver(succeeded, async (url) => {
      const contents = { 'a.txt': 'not audio', 'b.wav': 'audio' };
      const { text, failure } = await submitted(url, contents, { model: 'digits' });
      expect(text).toBe('job_1  queued  b.wav\na.txt: input_type_mismatch: send a recording\n');
      expect(failure).toBe('1 of 2 files have no result');
    });
  });

  it('says what to type when no Earshot answers', async () => {
    const { failure } = await submitted('http://127.0.0.1:1', { 'a.wav': 'audio' }, { model: 'digits' });
    expect(failure).toBe('no Earshot answers at http://127.0.0.1:1: start one with `npm start`, or set EARSHOT_URL');
  });

  it('names a file that cannot be read', async () => {
    const terminal = new Terminal({ write: () => undefined }, false);
    const place = { terminal, printJson: () => undefined };
    const run = submit(openClient('http://127.0.0.1:1'), [{ file: '/no/such.wav' }], { model: 'digits' }, place);
    await expect(run).rejects.toThrow('/no/such.wav cannot be read');
  });
});
