import { openAsBlob } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { freeUrl } from '../../../test/free-url.js';
import { answers, breakOff, json, text, type HttpAnswer } from '../../../test/http-answers.js';
import { withFolder } from '../../../test/with-folder.js';
import { withHttp } from '../../../test/with-http.js';
import { EarshotClient, EarshotUnreachable } from './index.js';

const impatient = { outageMs: 0, limitMs: 0 };
const page = '<h1>Sign in</h1>';

const openedAt = (url: string) => ({
  ...{ id: 'upload_1', method: 'PUT' as const, url: `${url}/a`, headers: {}, bytes: 3, expiresAt: '' },
});

/** Breaks off in the middle of a body whose length it has told. */
const halfAnAnswer: HttpAnswer = (response) => {
  const head = { 'content-type': 'application/json', 'content-length': '100' };
  response.writeHead(200, head).write('{"models":', () => response.socket?.destroy());
};

describe('no Earshot answers', () => {
  it('where nobody listens', async () => {
    const { models } = new EarshotClient(await freeUrl(), { patience: impatient });
    await expect(models.list()).rejects.toThrow(EarshotUnreachable);
    await expect(models.list()).rejects.toThrow(/^no Earshot answers at http:/);
  });

  it.each([
    ['before it answers', breakOff],
    ['in the middle of its answer', halfAnAnswer],
  ])('where the connection breaks %s; that is tried again', (_, broken) =>
    withHttp(answers(broken, json({ models: [] })), async ({ url, requests }) => {
      const once = new EarshotClient(url, { patience: impatient });
      await expect(once.models.list()).rejects.toThrow(EarshotUnreachable);
      expect(await new EarshotClient(url).models.list()).toEqual([]);
      expect(requests).toHaveLength(2);
    }),
  );
});

describe('what is no Earshot', () => {
  it.each<[string, HttpAnswer, string, RegExp]>([
    ['a page', text(200, 'text/html; charset=utf-8', page), 'http_200', /200 OK, and not as an Earshot does: <h1>Sign/],
    ['no JSON', text(200, 'text/plain', 'hello'), 'http_200', /200 OK, and not as an Earshot does: .*JSON/],
    ['a page of an error', text(502, 'text/html', '<h1>Bad</h1>'), 'http_502', /502 Bad Gateway: <h1>Bad/],
  ])('and answers with %s is said to, once, without what may be a signature', (_, answer, code, words) =>
    withHttp(answers(answer), async ({ url, requests }) => {
      const request = new EarshotClient(url).jobs.get('job_1?signature=1');
      await expect(request).rejects.toMatchObject({ name: 'EarshotProblem', code });
      await expect(request).rejects.toThrow(/\/jobs\/job_1%3Fsignature%3D1 answered /);
      await expect(request).rejects.toThrow(words);
      expect(requests).toHaveLength(1);
    }),
  );

  it('and answers with a page is not taken for results, for events, for readiness, nor for a store', () =>
    withHttp(answers(text(200, 'text/html', page)), async ({ url }) => {
      const { batches, jobs, operations, uploads } = new EarshotClient(url);
      const noEarshot = { code: 'http_200' };
      await expect(batches.resultsCsv('batch_1')).rejects.toMatchObject(noEarshot);
      await expect(jobs.events('job_1').next()).rejects.toMatchObject(noEarshot);
      await expect(operations.readiness()).rejects.toMatchObject(noEarshot);
      await expect(uploads.put(openedAt(url), new Uint8Array(3))).rejects.toMatchObject(noEarshot);
    }));

  it('and answers 503 with a page is not ready', () =>
    withHttp(answers(text(503, 'text/html', page)), async ({ url }) => {
      const { operations } = new EarshotClient(url, { patience: impatient });
      await expect(operations.readiness()).rejects.toMatchObject({ code: 'http_503' });
    }));
});

describe('what is wrong on this side', () => {
  const failure = Object.assign(new Error('the disk is gone'), { code: 'EIO' });
  const failing = () => {
    let sent = 0;
    return new ReadableStream<Uint8Array>({
      pull: (controller) => (sent++ < 2 ? controller.enqueue(new Uint8Array(1000)) : controller.error(failure)),
    });
  };

  it('with a stream is thrown as the stream threw it', () =>
    withHttp(answers(json({})), async ({ url }) => {
      const { jobs, uploads } = new EarshotClient(url);
      await expect(jobs.submit({ model: 'demo', bytes: failing() })).rejects.toBe(failure);
      await expect(uploads.put(openedAt(url), failing())).rejects.toBe(failure);
    }));

  it('with a stream that somebody else reads, or what no header can have, is not sent', () =>
    withHttp(answers(json({})), async ({ url, requests }) => {
      const { jobs } = new EarshotClient(url);
      const bytes = new Blob(['abc']).stream();
      bytes.getReader();
      await expect(jobs.submit({ model: 'demo', bytes })).rejects.toThrow(TypeError);
      const unsendable = jobs.submit({ model: 'demo', upload: 'upload_1' }, { idempotencyKey: 'a\nb' });
      await expect(unsendable).rejects.toThrow(TypeError);
      expect(requests).toHaveLength(0);
    }));

  it('with a file that changed since it was opened is thrown, and the server not blamed', () =>
    withFolder((folder) =>
      withHttp(answers(json({})), async ({ url }) => {
        const file = join(folder, 'a.wav');
        await writeFile(file, 'x'.repeat(100_000));
        const blob = await openAsBlob(file);
        await writeFile(file, 'shorter');
        const submitted = new EarshotClient(url).jobs.submit({ model: 'demo', file: blob });
        await expect(submitted).rejects.toMatchObject({ name: 'NotReadableError' });
      }),
    ));

  it('a stream that is sent whole arrives whole', () =>
    withHttp(
      (request, response) => {
        let bytes = 0;
        request.on('data', (chunk: Buffer) => (bytes += chunk.length));
        request.on('end', () => response.end(JSON.stringify({ id: `job_${bytes}` })));
      },
      async ({ url }) => {
        const bytes = new Blob([new Uint8Array(1_000_000)]).stream();
        expect((await new EarshotClient(url).jobs.submit({ model: 'demo', bytes })).id).toBe('job_1000000');
      },
    ));
});
