import { describe, expect, it } from '@jest/globals';
import { recountStoredBytes } from '#jobs';
import { newRecording } from '../../../../test/recordings.js';
import { until } from '../../../../test/until.js';
import { inputsSettle } from '../../../../test/with-api.js';
import { withKeys } from '../../../../test/with-keys.js';

const codeOf = async (answer: Response): Promise<unknown> => ((await answer.json()) as { code?: string }).code;
const rateOf = ({ headers }: Response) => ({
  status: Number(/r=(\d+)/.exec(headers.get('ratelimit') ?? '')?.[1]),
  reset: Number(/t=(\d+)/.exec(headers.get('ratelimit') ?? '')?.[1]),
});

describe('the rate limit', () => {
  it('is each owner’s own, over all its keys, and says what is left', () =>
    withKeys(
      async ({ send, newKey }) => {
        const [first, second] = [await newKey('acme'), await newKey('acme')];
        const other = await newKey('other');
        const answers = [];
        for (let i = 0; i < 6; i++) answers.push(await send('/models', {}, (i % 2 === 0 ? first : second).key));
        expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429]);
        expect(answers.map((answer) => rateOf(answer).status)).toEqual([4, 3, 2, 1, 0, 0]);
        expect(answers[0]?.headers.get('ratelimit-policy')).toBe('"requests";q=5;w=1000');
        const reader = await newKey('reader', ['read']);
        expect(await send('/keys', {}, reader.key).then(rateOf)).toMatchObject({ status: 4 });
        const refused = answers[5] as Response;
        expect(Number(refused.headers.get('retry-after'))).toBe(rateOf(refused).reset);
        expect(rateOf(refused).reset).toBeGreaterThan(150);
        expect(await codeOf(refused)).toBe('rate_limited');
        expect((await send('/models', {}, other.key)).status).toBe(200);
        expect((await send('/readyz', {}, null)).status).toBe(200);
      },
      { rateLimit: { requests: 5, windowSeconds: 1000 } },
    ));

  it('fills up again, and is forgotten when full', () =>
    withKeys(
      async ({ send, newKey, redis }) => {
        const { key } = await newKey('acme');
        const all = await Promise.all(Array.from({ length: 30 }, () => send('/models', {}, key)));
        expect(all.filter(({ status }) => status === 429).length).toBeGreaterThan(0);
        await until('there is room again', async () => (await send('/models', {}, key)).status === 200);
        await until('nothing is kept', () => redis.ask(async (it) => (await it.exists('{earshot}:rate:acme')) === 0));
      },
      { rateLimit: { requests: 10, windowSeconds: 3 } },
    ));

  it('counts nothing while Redis is away', () =>
    withKeys(
      async ({ send, redis }) => {
        expect((await send('/models')).headers.get('ratelimit')).not.toBeNull();
        await redis.stop();
        for (let i = 0; i < 5; i++) {
          const answer = await send('/models');
          expect({ status: answer.status, limit: answer.headers.get('ratelimit') }).toEqual({
            status: 200,
            limit: null,
          });
        }
      },
      { rateLimit: { requests: 3, windowSeconds: 1000 } },
    ));
});

describe('the quotas', () => {
  const recording = new Uint8Array(newRecording({ seconds: 0.1 }));
  const post = { method: 'POST', body: recording };

  it('of jobs refuses what is too much, keeps no bytes of it, and says when to come back', () =>
    withKeys(
      async (api) => {
        const { key } = await api.newKey('acme');
        const all = await Promise.all(Array.from({ length: 30 }, () => api.send('/jobs?model=demo', post, key)));
        expect(all.map(({ status }) => status).sort()).toEqual([202, 202, 202, ...Array<number>(27).fill(429)]);
        const refused = await api.send('/jobs?model=demo', post, key);
        expect(refused.headers.get('retry-after')).toBe('5');
        expect(await codeOf(refused)).toBe('job_quota_exceeded');
        await inputsSettle(api, 3);
        expect((await api.send('/jobs?model=demo', post, (await api.newKey('other')).key)).status).toBe(202);
      },
      { quotas: { jobs: 3, bytes: null } },
    ));

  it('of bytes refuses what is too much, and has room again when something is deleted', () =>
    withKeys(
      async (api) => {
        const { key } = await api.newKey('acme');
        const submit = () => api.send('/jobs?model=demo', post, key);
        const { id } = (await (await submit()).json()) as { id: string };
        expect((await submit()).status).toBe(202);
        const refused = await submit();
        expect({ status: refused.status, code: await codeOf(refused) }).toEqual({
          ...{ status: 507, code: 'storage_quota_exceeded' },
        });
        const form = new FormData();
        form.set('model', 'demo');
        form.set('file', new Blob([recording]));
        expect((await api.send('/jobs', { method: 'POST', body: form }, key)).status).toBe(507);
        await inputsSettle(api, 2);
        expect((await api.send(`/jobs/${id}/cancel`, { method: 'POST' }, key)).status).toBe(202);
        expect((await api.send(`/jobs/${id}`, { method: 'DELETE' }, key)).status).toBe(204);
        expect((await submit()).status).toBe(202);
        await api.redis.ask((redis) => recountStoredBytes(redis, api.store, Date.now() + 1000));
        expect((await submit()).status).toBe(507);
      },
      { quotas: { jobs: null, bytes: Math.floor(2.5 * recording.length) } },
    ));
});

describe('an owner’s own limits', () => {
  const put = (limits: object) => ({ method: 'PUT', body: JSON.stringify(limits) });

  it('stand in for those of the settings, for this owner alone, until they are taken back', () =>
    withKeys(
      async ({ send, newKey }) => {
        const [own, other] = [await newKey('acme'), await newKey('other')];
        const submit = async (key: string) =>
          (
            await send(
              '/jobs?model=demo',
              { method: 'POST', body: new Uint8Array(newRecording({ seconds: 0.1 })) },
              key,
            )
          ).status;
        const policy = async (key: string) => (await send('/models', {}, key)).headers.get('ratelimit-policy');
        const limits = { rateLimit: '7/9', quotaJobs: 2 };
        const set = await send('/owners/acme/limits', put(limits));
        expect([set.status, await set.json()]).toEqual([200, { owner: 'acme', ...limits }]);
        expect(await (await send('/owners/acme/limits')).json()).toEqual({ owner: 'acme', ...limits });
        expect(await (await send('/owners/other/limits')).json()).toEqual({ owner: 'other' });
        expect([await policy(own.key), await policy(other.key)]).toEqual([
          '"requests";q=7;w=9',
          '"requests";q=500;w=1',
        ]);
        for (const expected of [202, 202, 429]) expect(await submit(own.key)).toBe(expected);
        for (const expected of [202, 429]) expect(await submit(other.key)).toBe(expected);

        expect((await send('/owners/acme/limits', put({ rateLimit: null, quotaJobs: null }))).status).toBe(200);
        expect(await policy(own.key)).toBeNull();
        expect(await submit(own.key)).toBe(202);
        expect((await send('/owners/acme/limits', put({}))).status).toBe(200);
        expect(await policy(own.key)).toBe('"requests";q=500;w=1');
        expect(await submit(own.key)).toBe(429);
        const { acts } = (await (await send('/audit?limit=1')).json()) as { acts: object[] };
        expect(acts).toMatchObject([{ act: 'owner.set-limits', subject: { owner: 'acme' } }]);
      },
      { quotas: { jobs: 1, bytes: null }, rateLimit: { requests: 500, windowSeconds: 1 } },
    ));

  it.each<[string, object, string]>([
    ['acme', { quotaJobs: 0 }, '/quotaJobs'],
    ['acme', { quotaBytes: 'much' }, '/quotaBytes'],
    ['acme', { rateLimit: '10' }, '/rateLimit'],
    ['acme', { jobs: 1 }, '/jobs'],
    ['Acme', {}, '/owner'],
  ])('of %s cannot be %j', (owner, limits, pointer) =>
    withKeys(async ({ send, newKey }) => {
      const answer = await send(`/owners/${owner}/limits`, put(limits));
      expect([answer.status, await answer.json()]).toMatchObject([400, { errors: [{ pointer }] }]);
      const { key } = await newKey('acme', ['submit', 'read', 'ops']);
      for (const init of [{}, put({ quotaJobs: 5 })])
        expect((await send('/owners/acme/limits', init, key)).status).toBe(403);
    }),
  );
});
