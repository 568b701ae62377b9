import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { inputKey, parseEgressAllow } from '#jobs';
import { post, postForm, postJson, type Answer, type Part } from '../../../../test/post-job.js';
import { newRecording } from '../../../../test/recordings.js';
import { SlowUpload } from '../../../../test/slow-upload.js';
import { inputsSettle, withApi, writingBegins, type TestApi } from '../../../../test/with-api.js';
import { IdempotencyKeys } from './idempotency-keys.js';

const recording = new Uint8Array(newRecording({ seconds: 0.2 }));
const other = new Uint8Array(newRecording({ seconds: 0.2, seed: 2 }));
const model: Part = ['model', 'demo'];
const url = 'http://127.0.0.1:9/fan.wav';
const allowing = { egressAllow: parseEgressAllow('127.0.0.1') };

type Send = (
  api: TestApi,
  key: string,
  changed?: { bytes?: Uint8Array<ArrayBuffer>; priority?: number },
) => Promise<Answer>;

const ways: [string, Send][] = [
  [
    'a raw body',
    (api, key, { bytes = recording, priority = 5 } = {}) =>
      post(`${api.url}/jobs?model=demo&priority=${priority}`, { body: bytes, headers: { 'idempotency-key': key } }),
  ],
  [
    'a form',
    (api, key, { bytes = recording, priority = 5 } = {}) =>
      postForm(api.url, [model, ['priority', String(priority)], ['file', bytes, 'a.wav']], { 'idempotency-key': key }),
  ],
  [
    'JSON',
    (api, key, { bytes, priority = 5 } = {}) =>
      postJson(
        `${api.url}/jobs`,
        { model: 'demo', priority, input: { url: bytes ? `${url}?other` : url } },
        { 'idempotency-key': key },
      ),
  ],
];

function keysOf(api: TestApi, run: (keys: IdempotencyKeys) => Promise<void>): Promise<void> {
  return api.redis.ask((redis) => run(new IdempotencyKeys(redis)));
}

/** As if ten seconds had passed since a process that is gone last spoke. */
function expireLease(api: TestApi): Promise<void> {
  return api.redis.ask(async (redis) => {
    for (const key of await redis.keys('{earshot}:idempotency:*')) {
      if ((await redis.hget(key, 'state')) === 'claimed') await redis.del(key);
      else await redis.hset(key, 'till', 0);
    }
  });
}

describe.each(ways)('an Idempotency-Key with %s', (_way, send) => {
  it('has a repeat answered with the first job, which is run once', () =>
    withApi(async (api) => {
      const key = randomUUID();
      const first = await send(api, key);
      const again = await send(api, `"${key}"`);
      expect([first.status, again.status]).toEqual([202, 202]);
      expect(again.body).toEqual(first.body);
      expect(again.headers.get('location')).toBe(first.headers.get('location'));
      expect((await send(api, randomUUID())).body.id).not.toBe(first.body.id);
      expect(await api.redis.ask((redis) => redis.zcard('{earshot}:inference-cpu:prioritized'))).toBe(2);
    }, allowing));

  it('has a repeat told to look again only while the job is unfinished', () =>
    withApi(async (api) => {
      const key = randomUUID();
      const { body } = await send(api, key);
      expect((await send(api, key)).headers.get('retry-after')).toBe('1');
      await post(`${api.url}/jobs/${body.id}/cancel`);
      const again = await send(api, key);
      expect([again.status, again.body['status'], again.headers.get('retry-after')]).toEqual([202, 'canceled', null]);
    }, allowing));

  it('refuses another request, and leaves the first job as it was', () =>
    withApi(async (api) => {
      const key = randomUUID();
      const first = await send(api, key);
      for (const changed of [{ bytes: other }, { priority: 6 }])
        expect(await send(api, key, changed)).toMatchObject({ status: 422, body: { code: 'idempotency_key_reused' } });
      expect((await send(api, key)).body.id).toBe(first.body.id);
      expect(await api.redis.ask((redis) => redis.zcard('{earshot}:inference-cpu:prioritized'))).toBe(1);
    }, allowing));

  it('is free again after a request of which nothing came', () =>
    withApi(async (api) => {
      const key = randomUUID();
      expect((await send(api, key, { priority: 12 })).status).toBe(400);
      expect((await send(api, key)).status).toBe(202);
    }, allowing));

  it('lets one of many at once make the job', () =>
    withApi(async (api) => {
      const key = randomUUID();
      const answers = await Promise.all(Array.from({ length: 10 }, () => send(api, key)));
      const ids = new Set(answers.filter(({ status }) => status === 202).map(({ body }) => body.id));
      expect(ids.size).toBe(1);
      for (const { status, body } of answers)
        if (status !== 202) expect([status, body.code]).toEqual([409, 'idempotency_key_in_use']);
      expect(await api.redis.ask((redis) => redis.zcard('{earshot}:inference-cpu:prioritized'))).toBe(1);
    }, allowing));

  it('is kept from being lost by the end of a process: before the job is added, a repeat adds it', () =>
    withApi(async (api) => {
      const key = randomUUID();
      const first = await send(api, key);
      // What a process leaves that dies right before it adds the job.
      await api.redis.ask(async (redis) => {
        await redis.zrem('{earshot}:inference-cpu:prioritized', first.body.id);
        await redis.del(`{earshot}:inference-cpu:${first.body.id}`);
        for (const kept of await redis.keys('{earshot}:idempotency:*'))
          await redis.hset(kept, 'state', 'adding', 'token', 'gone', 'till', Date.now() + 10_000);
      });
      expect(await send(api, key)).toMatchObject({ status: 409, body: { code: 'idempotency_key_in_use' } });
      await expireLease(api);
      expect(await send(api, key, { bytes: other })).toMatchObject({ body: { code: 'idempotency_key_reused' } });
      await expireLease(api);
      const again = await send(api, key);
      expect([again.status, again.body.id]).toEqual([202, first.body.id]);
      expect(again.body).toMatchObject({ input: first.body['input'] });
      expect(await api.redis.ask((redis) => redis.zcard('{earshot}:inference-cpu:prioritized'))).toBe(1);
    }, allowing));

  it('is kept from being lost by the end of a process: after the job was added, a repeat finds it', () =>
    withApi(async (api) => {
      const key = randomUUID();
      const first = await send(api, key);
      await api.redis.ask(async (redis) => {
        for (const kept of await redis.keys('{earshot}:idempotency:*'))
          await redis.hset(kept, 'state', 'adding', 'token', 'gone', 'till', 0);
      });
      expect((await send(api, key)).body).toEqual(first.body);
      expect((await send(api, key)).body).toEqual(first.body);
    }, allowing));
});

describe('an Idempotency-Key', () => {
  it('answers 409 while the first request is still being received, and is free when its client leaves', () =>
    withApi(async (api) => {
      const key = randomUUID();
      const [send] = ways.map(([, way]) => way);
      const upload = new SlowUpload(`${api.url}/jobs?model=demo&priority=5`, { 'idempotency-key': key });
      await upload.send(Buffer.from(recording));
      await writingBegins(api);
      expect(await send?.(api, key)).toMatchObject({ status: 409, body: { code: 'idempotency_key_in_use' } });
      upload.leave();
      await inputsSettle(api, 0);
      let answer = await send?.(api, key);
      while (answer?.status === 409) answer = await send?.(api, key);
      expect(answer?.status).toBe(202);
    }));

  it('belongs to its owner and to the route it came by', () =>
    withApi(async (api) => {
      const headers = { 'idempotency-key': randomUUID() };
      const first = await post(`${api.url}/jobs?model=demo`, { body: recording, headers });
      expect(first.status).toBe(202);
      const path = `${api.url}/models/demo/predict`;
      const elsewhere = await post(path, { body: recording, headers: { ...headers, prefer: 'wait=1' } });
      expect([elsewhere.status, elsewhere.body.code]).toEqual([422, 'idempotency_key_reused']);
      await keysOf(api, async (keys) => {
        const claim = await keys.claim('somebody-else', headers['idempotency-key']);
        expect(claim.first).toBeNull();
        claim.close();
      });
    }));

  it('stores nothing of a repeat', () =>
    withApi(async (api) => {
      const headers = { 'idempotency-key': randomUUID() };
      const { body } = await post(`${api.url}/jobs?model=demo`, { body: recording, headers });
      await post(`${api.url}/jobs?model=demo`, { body: other, headers });
      await post(`${api.url}/jobs?model=demo`, { body: recording, headers });
      await inputsSettle(api, 1);
      expect(await api.store.get(inputKey('local', body.id))).toEqual(Buffer.from(recording));
    }));

  it('begins anew when the bytes of a request that died are gone', () =>
    withApi(async (api) => {
      const headers = { 'idempotency-key': randomUUID() };
      const { body } = await post(`${api.url}/jobs?model=demo`, { body: recording, headers });
      await api.redis.ask(async (redis) => {
        await redis.zrem('{earshot}:inference-cpu:prioritized', body.id);
        await redis.del(`{earshot}:inference-cpu:${body.id}`);
        for (const kept of await redis.keys('{earshot}:idempotency:*'))
          await redis.hset(kept, 'state', 'adding', 'token', 'gone', 'till', 0);
      });
      await api.store.delete(inputKey('local', body.id));
      const again = await post(`${api.url}/jobs?model=demo`, { body: recording, headers });
      expect(again.status).toBe(202);
      expect(again.body.id).not.toBe(body.id);
      expect(await api.store.get(inputKey('local', again.body.id))).toEqual(Buffer.from(recording));
    }));

  it('is refused in a form that is none', () =>
    withApi(async (api) => {
      const headers = { 'idempotency-key': 'x'.repeat(256) };
      const { status, body } = await post(`${api.url}/jobs?model=demo`, { body: recording, headers });
      expect([status, body.errors?.[0]?.pointer]).toEqual([400, 'Idempotency-Key']);
    }));
});

describe('IdempotencyKeys', () => {
  it('fences a request whose place another has taken', () =>
    withApi((api) =>
      keysOf(api, async (keys) => {
        const slow = await keys.claim('local', 'k');
        slow.close();
        await expireLease(api);
        const next = await keys.claim('local', 'k');
        await expect(slow.commit('1', 'p')).rejects.toMatchObject({ code: 'idempotency_key_in_use' });
        await slow.release();
        await next.commit('2', 'p');
        await next.finish('2');
        next.close();
        expect((await keys.claim('local', 'k')).first).toEqual({ id: '2', print: 'p', isDone: true });
      }),
    ));
});
