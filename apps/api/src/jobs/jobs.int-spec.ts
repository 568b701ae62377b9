import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { archiveJob, inputKey, newJobId, readJob, resultKey, type JobResult } from '#jobs';
import { codeOf } from '../../../../test/code-of.js';
import { postForm } from '../../../../test/post-job.js';
import { newRecording } from '../../../../test/recordings.js';
import { withApi, type TestApi } from '../../../../test/with-api.js';

const recording = new Uint8Array(newRecording({ seconds: 0.1 }));

async function submit({ url }: TestApi): Promise<string> {
  const { body } = await postForm(url, [
    ['file', recording, 'Lüfter 1.wav'],
    ['model', 'demo'],
  ]);
  return body.id;
}

const cancel = ({ url }: TestApi, id: string) => fetch(`${url}/jobs/${id}/cancel`, { method: 'POST' });

/** Ends a job as a worker does, as far as its readers can see. */
async function succeed(api: TestApi, id: string): Promise<JobResult> {
  const provenance = { inputSha256: '', modelName: 'demo', modelVersion: '1.0.0', modelDigest: '', features: {} };
  const scores = Array.from({ length: 25 }, (_, i) => ({ label: `label ${i}`, score: 1 / (i + 1) }));
  const made = { ...provenance, engine: 'none', worker: '0.1.0' };
  const result = { label: 'label 0', score: 1, scores, segments: [], provenance: made };
  const key = resultKey('local', id, randomUUID());
  await api.store.put(key, Buffer.from(JSON.stringify(result)));
  await api.redis.ask(async (redis) => {
    const record = await readJob({ redis, store: api.store }, 'local', id);
    if (record === null) throw new Error(`there is no job ${id}`);
    await redis.del(`{earshot}:inference-cpu:${id}`);
    const shown = { ...result, scores: scores.slice(0, 20) };
    const ended = { ...record, status: 'succeeded', result: shown, truncated: true, resultKey: key } as const;
    await archiveJob(api.store, { record: ended });
  });
  return result;
}

describe('GET /jobs/{id}', () => {
  it('answers the same as often as it is asked, and 304 to who knows it', () =>
    withApi(async (api) => {
      const id = await submit(api);
      const [first, second] = [await fetch(`${api.url}/jobs/${id}`), await fetch(`${api.url}/jobs/${id}`)];
      const etag = first.headers.get('etag') ?? '';
      expect(first.headers.get('retry-after')).toBe('1');
      expect(await first.json()).toMatchObject({ id, status: 'queued', queuePosition: 0, attempts: 0, result: null });
      expect(second.headers.get('etag')).toBe(etag);
      const again = await fetch(`${api.url}/jobs/${id}`, { headers: { 'if-none-match': etag } });
      expect([again.status, await again.text()]).toEqual([304, '']);
    }));

  it('shows a finished job with its result, and no longer asks to come back', () =>
    withApi(async (api) => {
      const id = await submit(api);
      await succeed(api, id);
      const answer = await fetch(`${api.url}/jobs/${id}`);
      expect(answer.headers.get('retry-after')).toBeNull();
      expect(await answer.json()).toMatchObject({ status: 'succeeded', truncated: true, result: { label: 'label 0' } });
    }));

  it.each([newJobId(), 'job_1', 'nothing%2Fat%20all', '%00'])('knows no job %s', (id) =>
    withApi(async (api) => {
      for (const path of ['', '/input', '/result'])
        expect(await codeOf(await fetch(`${api.url}/jobs/${id}${path}`))).toEqual([404, 'job_not_found']);
      expect(await codeOf(await cancel(api, id))).toEqual([404, 'job_not_found']);
    }),
  );
});

describe('POST /jobs/{id}/cancel', () => {
  it('ends a queued job once', () =>
    withApi(async (api) => {
      const id = await submit(api);
      const answer = await cancel(api, id);
      expect(answer.status).toBe(202);
      expect(await answer.json()).toMatchObject({ id, status: 'canceled', error: { code: 'job_canceled' } });
      expect(await (await cancel(api, id)).json()).toMatchObject({
        status: 409,
        code: 'job_finished',
        detail: 'The job was canceled; there is nothing to cancel.',
      });
      expect(await (await fetch(`${api.url}/jobs/${id}/result`)).json()).toMatchObject({
        code: 'result_not_found',
        detail: `The job was canceled and has no result; GET /jobs/${id} says why, POST /jobs/${id}/retry runs it again.`,
      });
    }));

  it('leaves a finished job alone', () =>
    withApi(async (api) => {
      const id = await submit(api);
      await succeed(api, id);
      expect(await codeOf(await cancel(api, id))).toEqual([409, 'job_finished']);
    }));
});

describe('the bytes of a job', () => {
  it('are handed out as an attachment that no browser interprets', () =>
    withApi(async (api) => {
      const answer = await fetch(`${api.url}/jobs/${await submit(api)}/input`);
      expect(answer.headers.get('content-type')).toBe('audio/wav');
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="L_fter 1\.wav"; filename\*=/);
      expect(answer.headers.get('content-length')).toBe(String(recording.length));
      expect(new Uint8Array(await answer.arrayBuffer())).toEqual(recording);
    }));

  it('may be gone', () =>
    withApi(async (api) => {
      const id = await submit(api);
      await api.store.delete(inputKey('local', id));
      expect(await codeOf(await fetch(`${api.url}/jobs/${id}/input`))).toEqual([404, 'input_missing']);
    }));

  it('include the whole result, once there is one', () =>
    withApi(async (api) => {
      const id = await submit(api);
      expect(await codeOf(await fetch(`${api.url}/jobs/${id}/result`))).toEqual([404, 'result_not_found']);
      const result = await succeed(api, id);
      expect(await (await fetch(`${api.url}/jobs/${id}/result`)).json()).toEqual(result);
    }));
});
