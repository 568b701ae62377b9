import { describe, expect, it } from '@jest/globals';
import {
  addWebhook,
  deliveryIdOf,
  disableWebhook,
  logAttempt,
  mostWebhooks,
  newWebhookId,
  openDeliveriesQueue,
  parseEgressAllow,
  readJobSnapshot,
  readWebhook,
  runningListenersKey,
  type DeliveryLog,
} from '#jobs';
import { newRecording } from '../../../../test/recordings.js';
import { withApi, type TestApi } from '../../../../test/with-api.js';
import type { DeliveryView, WebhookView } from './webhook.view.js';

const allowed = { egressAllow: parseEgressAllow('127.0.0.1') };
const url = 'http://127.0.0.1:9/hook';

/** Sends a request, and gives the answer's status and JSON. */
async function ask<T>(api: TestApi, request: string, body?: unknown): Promise<{ status: number; body: T }> {
  const [method = '', path = ''] = request.split(' ');
  const answer = await fetch(api.url + path, {
    method,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, body: (text === '' ? null : JSON.parse(text)) as T };
}

interface Problem {
  code: string;
  errors?: { pointer: string }[];
}

const codeOf = async (asked: Promise<{ status: number; body: Problem }>): Promise<[number, string]> => {
  const { status, body } = await asked;
  return [status, body.code];
};

async function register(api: TestApi, changes: object = {}): Promise<WebhookView & { secret: string }> {
  const asked = { url, events: ['job.succeeded'], ...changes };
  const { status, body } = await ask<WebhookView & { secret: string }>(api, 'POST /webhooks', asked);
  expect(status).toBe(201);
  return body;
}

/** A delivery that has been tried, as a worker leaves it. */
async function delivered(api: TestApi, webhook: string | null, name: string, owner = 'local'): Promise<string> {
  const id = deliveryIdOf(name);
  const about = { type: 'job.failed', subject: 'job_1', at: 1_700_000_000_000, source: null, body: '{}' };
  const log: DeliveryLog = {
    delivery: { owner, webhook, url: webhook === null ? url : null, ...about },
    status: 'failed',
    nextAt: null,
    attempts: [{ at: 1_700_000_000_500, ms: 12, status: 500, answer: 'no' }],
  };
  await api.redis.ask((redis) => logAttempt(redis, id, log));
  return id;
}

describe('/webhooks', () => {
  it('registers one, shows its secret once, and changes, lists and deletes it', () =>
    withApi(async (api) => {
      const { secret, ...made } = await register(api, { description: 'line 7' });
      expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
      expect(made).toMatchObject({ url, events: ['job.succeeded'], description: 'line 7', disabled: null });
      expect(await ask(api, `GET /webhooks/${made.id}`)).toEqual({ status: 200, body: made });
      const change = { events: ['job.failed', 'job.running'], description: null };
      const changed = await ask<WebhookView>(api, `PATCH /webhooks/${made.id}`, change);
      expect(changed).toEqual({ status: 200, body: { ...made, ...change } });
      expect((await ask(api, 'GET /webhooks')).body).toEqual({ webhooks: [changed.body] });
      expect(api.log.join('')).not.toContain(secret.slice(6));
      expect((await ask(api, `DELETE /webhooks/${made.id}`)).status).toBe(204);
      for (const request of ['GET', 'DELETE'])
        expect(await codeOf(ask(api, `${request} /webhooks/${made.id}`))).toEqual([404, 'webhook_not_found']);
    }, allowed));

  it('keeps secrets encrypted in Redis', () =>
    withApi(async (api) => {
      const { id, secret } = await register(api);
      const { body } = await ask<{ secret: string }>(api, 'GET /webhooks/secret');
      expect(body.secret).toMatch(/^whsec_/);
      const kept = await api.redis.ask(async (redis) => {
        const keys = await redis.keys('{earshot}:webhook-*');
        const hashes = await Promise.all(keys.map((key) => redis.hgetall(key)));
        return JSON.stringify(hashes);
      });
      expect(kept).toContain(id);
      for (const each of [secret, body.secret]) expect(kept).not.toContain(each.slice(6, 20));
    }, allowed));

  it('lets the owner disable one and enable it again', () =>
    withApi(async (api) => {
      const { id } = await register(api);
      const disabled = await ask<WebhookView>(api, `PATCH /webhooks/${id}`, { disabled: true });
      expect(disabled.body.disabled?.reason).toContain('owner');
      expect(await ask(api, `POST /webhooks/${id}/test`)).toMatchObject({
        status: 409,
        body: {
          code: 'webhook_disabled',
          detail: expect.stringContaining(`PATCH /webhooks/${id} with {"disabled": false}`),
        },
      });
      expect((await ask<WebhookView>(api, `PATCH /webhooks/${id}`, { disabled: false })).body.disabled).toBeNull();
    }, allowed));

  it('keeps what a worker says of one while its owner changes it', () =>
    withApi(async (api) => {
      const { id } = await register(api);
      await Promise.all([
        api.redis.ask((redis) => disableWebhook(redis, 'local', id, 'gone')),
        ...['a', 'b', 'c'].map((description) => ask(api, `PATCH /webhooks/${id}`, { description })),
      ]);
      const webhook = await api.redis.ask((redis) => readWebhook(redis, 'local', id));
      expect(webhook?.disabled?.reason).toBe('gone');
      expect(['a', 'b', 'c']).toContain(webhook?.description);
    }, allowed));

  it('rotates secrets, and says until when the old one signs as well', () =>
    withApi(async (api) => {
      const { id, secret } = await register(api);
      const owners = (await ask<{ secret: string }>(api, 'GET /webhooks/secret')).body.secret;
      for (const [path, old] of [
        [`${id}/rotate-secret`, secret],
        ['secret/rotate', owners],
      ]) {
        const { status, body } = await ask<{ secret: string; previousUntil: string }>(api, `POST /webhooks/${path}`);
        expect(status).toBe(200);
        expect(body.secret).not.toBe(old);
        expect(Date.parse(body.previousUntil) - Date.now()).toBeGreaterThan(23 * 3_600_000);
      }
      expect((await ask<{ secret: string }>(api, 'GET /webhooks/secret')).body.secret).not.toBe(owners);
    }, allowed));

  it.each<[object, string]>([
    [{}, '/url'],
    [{ url: 'ftp://example.org/', events: ['job.failed'] }, '/url'],
    [{ url, events: [] }, '/events'],
    [{ url, events: ['job.failed', 'job.failed'] }, '/events'],
    [{ url, events: ['job.born'] }, '/events/0'],
    [{ url, events: ['job.failed'], secret: 'mine' }, '/secret'],
    [[], ''],
  ])('points at what is wrong: %j', (body, pointer) =>
    withApi(async (api) => {
      const answer = await ask<Problem>(api, 'POST /webhooks', body);
      expect([answer.status, answer.body.code]).toEqual([400, 'invalid_request']);
      expect(answer.body.errors?.map((fault) => fault.pointer)).toContain(pointer);
    }, allowed),
  );

  it('refuses addresses inside, when it is registered and when it is changed', () =>
    withApi(async (api) => {
      const inside = ['http://127.0.0.1:6379/', 'http://169.254.169.254/', 'http://[::1]/', 'http://10.0.0.1/'];
      const events = ['job.failed'];
      for (const each of inside)
        expect(await codeOf(ask(api, 'POST /webhooks', { url: each, events }))).toEqual([422, 'address_not_allowed']);
      const { id } = await register(api, { url: 'http://192.0.32.8/hook' });
      const change = ask<Problem>(api, `PATCH /webhooks/${id}`, { url: 'http://127.0.0.1/' });
      expect(await codeOf(change)).toEqual([422, 'address_not_allowed']);
    }));

  it('has a limit for each owner', () =>
    withApi(async (api) => {
      for (let i = 0; i < mostWebhooks; i++) await register(api);
      const asked = { url, events: ['job.failed'] };
      expect(await codeOf(ask(api, 'POST /webhooks', asked))).toEqual([409, 'webhook_limit_reached']);
    }, allowed));

  it('knows nothing of what another owner has', () =>
    withApi(async (api) => {
      const { id } = await register(api);
      const kept = await api.redis.ask(async (redis) => {
        const mine = await readWebhook(redis, 'local', id);
        if (mine === null) throw new Error('it is not there');
        const theirs = { ...mine, id: newWebhookId(), owner: 'other' };
        await addWebhook(redis, theirs);
        return theirs.id;
      });
      const delivery = await delivered(api, kept, 'theirs', 'other');
      expect((await ask<{ webhooks: WebhookView[] }>(api, 'GET /webhooks')).body.webhooks).toHaveLength(1);
      for (const request of ['GET ', 'DELETE ', 'POST /rotate-secret', 'POST /test', 'GET /deliveries', 'PATCH ']) {
        const [method, path] = request.split(' ');
        const body = method === 'PATCH' ? {} : undefined;
        const answer = ask<Problem>(api, `${method} /webhooks/${kept}${path}`, body);
        expect(await codeOf(answer)).toEqual([404, 'webhook_not_found']);
      }
      for (const request of [`GET /deliveries/${delivery}`, `POST /deliveries/${delivery}/redeliver`])
        expect(await codeOf(ask(api, request))).toEqual([404, 'delivery_not_found']);
    }, allowed));

  it('marks the owner as one who listens to beginnings only as long as that is so', () =>
    withApi(async (api) => {
      const listens = () => api.redis.ask((redis) => redis.sismember(runningListenersKey, 'local'));
      const { id } = await register(api);
      expect(await listens()).toBe(0);
      for (const [change, expected] of [
        [{ events: ['job.running'] }, 1],
        [{ disabled: true }, 0],
        [{ disabled: false }, 1],
      ] as const) {
        await ask(api, `PATCH /webhooks/${id}`, change);
        expect(await listens()).toBe(expected);
      }
      await ask(api, `DELETE /webhooks/${id}`);
      expect(await listens()).toBe(0);
    }, allowed));
});

describe('the webhook of a job', () => {
  const submit = async (api: TestApi, webhook: string): Promise<{ status: number; body: Problem & { id: string } }> => {
    const body = new Uint8Array(newRecording({ seconds: 0.1 }));
    const query = new URLSearchParams({ model: 'demo', webhook });
    const answer = await fetch(`${api.url}/jobs?${query.toString()}`, { method: 'POST', body });
    return { status: answer.status, body: (await answer.json()) as Problem & { id: string } };
  };

  it('is carried by the job, which does not show it', () =>
    withApi(async (api) => {
      const asked = { url, events: ['job.running', 'job.failed'] };
      const { status, body } = await submit(api, JSON.stringify(asked));
      expect(status).toBe(202);
      expect(JSON.stringify(body)).not.toContain(url);
      const job = await api.redis.ask((redis) => readJobSnapshot(redis, { label: 'cpu', jobId: body.id }));
      expect(job?.payload.webhook).toEqual(asked);
    }, allowed));

  it('may not be inside', () =>
    withApi(async (api) => {
      expect(await codeOf(submit(api, 'http://127.0.0.1:6379/'))).toEqual([422, 'address_not_allowed']);
    }));
});

describe('deliveries', () => {
  it('are listed a page at a time, and read one by one', () =>
    withApi(async (api) => {
      const { id } = await register(api);
      const made = await Promise.all(['1', '2', '3'].map((name) => delivered(api, id, name)));
      const seen: string[] = [];
      for (let cursor = ''; ;) {
        const { status, body } = await ask<{ deliveries: DeliveryView[]; nextCursor: string | null }>(
          api,
          `GET /webhooks/${id}/deliveries?limit=2${cursor}`,
        );
        expect(status).toBe(200);
        seen.push(...body.deliveries.map((delivery) => delivery.id));
        if (body.nextCursor === null) break;
        cursor = `&cursor=${body.nextCursor}`;
      }
      expect(seen.sort()).toEqual(made.sort());
      const [first = ''] = made;
      expect((await ask(api, `GET /deliveries/${first}`)).body).toMatchObject({
        id: first,
        webhook: id,
        status: 'failed',
        attempts: [{ at: '2023-11-14T22:13:20.500Z', durationMs: 12, status: 500, answer: 'no' }],
      });
    }, allowed));

  it('to webhooks that were named with a job are listed together', () =>
    withApi(async (api) => {
      const id = await delivered(api, null, 'own');
      const { body } = await ask<{ deliveries: DeliveryView[] }>(api, 'GET /deliveries');
      expect(body.deliveries).toMatchObject([{ id, webhook: null }]);
    }));

  it.each(['limit=0', 'limit=101', 'limit=x', 'cursor=x', 'page=2'])('have no page %s', (query) =>
    withApi(async (api) => {
      expect(await codeOf(ask(api, `GET /deliveries?${query}`))).toEqual([400, 'invalid_request']);
    }),
  );

  it('are sent again under the same id, once however often it is asked', () =>
    withApi(async (api) => {
      const { id } = await register(api);
      const delivery = await delivered(api, id, 'again');
      for (let i = 0; i < 2; i++) {
        const { status, body } = await ask<DeliveryView>(api, `POST /deliveries/${delivery}/redeliver`);
        expect([status, body.id]).toEqual([202, delivery]);
      }
      expect(await queued(api)).toEqual([delivery]);
    }, allowed));

  it('of a test are queued, and can be asked for', () =>
    withApi(async (api) => {
      const { id } = await register(api);
      const { status, body } = await ask<DeliveryView>(api, `POST /webhooks/${id}/test`);
      expect([status, body.type, body.status]).toEqual([202, 'webhook.test', 'pending']);
      expect((await ask(api, `GET /deliveries/${body.id}`)).body).toMatchObject({ id: body.id, attempts: [] });
      expect(await queued(api)).toEqual([body.id]);
    }, allowed));

  it.each(['delivery_1', `delivery_${'0'.repeat(32)}`, '%00'])('know no %s', (id) =>
    withApi(async (api) => {
      expect(await codeOf(ask(api, `POST /deliveries/${id}/redeliver`))).toEqual([404, 'delivery_not_found']);
    }),
  );
});

const queued = (api: TestApi): Promise<(string | undefined)[]> =>
  api.redis.ask(async (redis) => {
    const queue = openDeliveriesQueue(redis);
    const jobs = await queue.getWaiting();
    await queue.close();
    return jobs.map(({ id }) => id);
  });
