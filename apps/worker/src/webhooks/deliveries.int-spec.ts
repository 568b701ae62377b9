import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { pino } from 'pino';
import {
  addDeliveries,
  addWebhook,
  announceEnd,
  deliveryIdOf,
  failingSince,
  jobHashKey,
  listDeliveries,
  mostFailingMs,
  newJobId,
  newWebhookId,
  noteFailure,
  openDeliveriesQueue,
  parseEgressAllow,
  patientRedisOptions,
  readDeliveryLog,
  readWebhook,
  WebhookSecrets,
  withinLimit,
  type DeliveriesQueue,
  type Delivery,
  type JobRecord,
  type Webhook,
} from '#jobs';
import { until } from '../../../../test/until.js';
import { verify, withReceiver, type Answering, type Receiver } from '../../../../test/with-receiver.js';
import { startRedis, type TestRedis } from '../../../../test/with-redis.js';
import { DeliveriesLifecycle } from './deliveries.lifecycle.js';
import { EndpointPlaces } from './endpoint-places.js';
import { answerMs } from './post-message.js';

const owner = 'acme';
const label = 'cpu';

let server: TestRedis;
let redis: Redis;
let queue: DeliveriesQueue;
let secrets: WebhookSecrets;

beforeAll(async () => {
  server = await startRedis();
  redis = new Redis(patientRedisOptions(server.address));
  queue = openDeliveriesQueue(redis);
});
afterAll(async () => {
  await queue.close();
  redis.disconnect();
  await server.discard();
});
beforeEach(async () => {
  await redis.flushall();
  secrets = new WebhookSecrets(redis, undefined);
});

/** A worker's deliveries, to addresses of this machine unless `allow` says otherwise. */
async function delivering<T>(run: (log: string[]) => Promise<T>, allow = '127.0.0.1'): Promise<T> {
  const lines: string[] = [];
  const log = pino({ level: 'debug' }, { write: (line) => void lines.push(line) });
  const parts = { redis, secrets, places: new EndpointPlaces(), allow: parseEgressAllow(allow), lockMs: 10_000, log };
  const lifecycle = new DeliveriesLifecycle(parts);
  lifecycle.onApplicationBootstrap();
  try {
    return await run(lines);
  } finally {
    await lifecycle.beforeApplicationShutdown();
  }
}

async function register(url: string, changes: Partial<Webhook> = {}): Promise<{ webhook: Webhook; secret: string }> {
  const { secret, kept } = await secrets.make(owner);
  const events: Webhook['events'] = ['job.succeeded', 'job.failed', 'job.running'];
  const made = { id: newWebhookId(), owner, url, events, description: null, createdAt: Date.now(), disabled: null };
  const webhook = { ...made, secret: kept, ...changes };
  await addWebhook(redis, webhook);
  return { webhook, secret };
}

function endedJob(changes: Partial<JobRecord> = {}): JobRecord {
  const now = new Date().toISOString();
  return {
    id: newJobId(),
    owner,
    status: 'failed',
    run: 1,
    model: { name: 'm', version: '1.0.0', digest: 'sha256:0' },
    input: { filename: 'a.wav', contentType: 'audio/wav', bytes: 5, sha256: '0'.repeat(64) },
    result: null,
    error: { code: 'input_unreadable', title: 'The input cannot be read', detail: 'It is no WAV.' },
    attempts: 1,
    progress: 1,
    queuePosition: null,
    estimatedStartAt: null,
    batch: null,
    metadata: {},
    timings: {
      ...{ createdAt: now, startedAt: now, finishedAt: now, queueMs: 1, totalMs: 2 },
      ...{ decodeMs: null, featuresMs: null, inferenceMs: null },
    },
    truncated: false,
    resultKey: null,
    ...changes,
  };
}

const tell = (record: JobRecord, own: { url: string } | null = null) =>
  announceEnd({ redis, deliveries: queue }, { record, label, own });

/** Has what waits for its next attempt come at once. */
async function hurry(): Promise<void> {
  for (const job of await queue.getDelayed()) await job.promote();
}

const logOf = (id: string) => until(`${id} is logged`, () => readDeliveryLog(redis, owner, id));
const idle = () =>
  until('nothing is left to do', async () => {
    const { active, waiting } = await queue.getJobCounts('active', 'waiting');
    return active === 0 && waiting === 0;
  });

/** Answers with a status a few times, and then with 204. */
function failing(times: number, status: number, headers: Record<string, string> = {}): Answering {
  let left = times;
  return (_received, response) => void response.writeHead(left-- > 0 ? status : 204, headers).end('no');
}

describe('the end of a job', () => {
  it('is told to the registered webhooks that listen, and to the one named with it, each with its own secret', () =>
    withReceiver((receiver) =>
      delivering(async () => {
        const { secret } = await register(`${receiver.url}/registered`);
        await register(`${receiver.url}/deaf`, { events: ['job.canceled'] });
        await register(`${receiver.url}/disabled`, { disabled: { at: 1, reason: 'so' } });
        const job = endedJob();
        await tell(job, { url: `${receiver.url}/own` });
        const received = await receiver.has(3);
        expect(received.map(({ path, event }) => [path, event.type, event.sequence]).sort()).toEqual([
          ['/hook/own', 'job.failed', 2],
          ['/hook/registered', 'job.failed', 2],
          ['/hook/registered', 'job.running', 1],
        ]);
        const [ownSecret = ''] = await secrets.open(owner, await secrets.ofOwner(owner));
        for (const one of received) verify(one, one.path === '/hook/own' ? ownSecret : secret);
        for (const { event } of received) expect(event.data).toMatchObject({ id: job.id, model: job.model });
        expect(received.map(({ event }) => event.data.status).sort()).toEqual(['failed', 'failed', 'running']);
      }),
    ));

  it('is told once, though it is announced again: while it waits, while it is sent, and long after', () =>
    withReceiver((receiver) =>
      delivering(async () => {
        await register(receiver.url, { events: ['job.failed'] });
        const job = endedJob();
        // As long as the job is in its queue, what became of its deliveries is noted on it.
        await redis.hset(jobHashKey({ label, jobId: job.id }), 'data', '{}');
        await Promise.all(Array.from({ length: 20 }, () => tell(job)));
        await receiver.has(1);
        await idle();
        expect(await queue.getJobCounts('completed', 'failed')).toEqual({ completed: 0, failed: 0 });
        await Promise.all(Array.from({ length: 5 }, () => tell(job)));
        await idle();
        expect(receiver.received).toHaveLength(1);
      }),
    ));

  it('of another run is another event', () =>
    withReceiver((receiver) =>
      delivering(async () => {
        await register(receiver.url, { events: ['job.failed'] });
        const job = endedJob();
        await tell(job);
        await receiver.has(1);
        await tell({ ...job, run: 2, attempts: 2 });
        const [first, second] = await receiver.has(2);
        expect([first?.event.sequence, second?.event.sequence]).toEqual([2, 4]);
        expect(first?.id).not.toBe(second?.id);
      }),
    ));

  it('costs nothing where nobody listens', async () => {
    await tell(endedJob());
    expect(await redis.keys('*')).toEqual([]);
  });
});

describe('a failed attempt', () => {
  it('is made again under the same id, with a signature of its own time', () =>
    withReceiver(
      (receiver) =>
        delivering(async () => {
          const { webhook, secret } = await register(receiver.url, { events: ['job.failed'] });
          await tell(endedJob());
          const [{ id } = { id: '' }] = await receiver.has(1);
          await until('it is put off', async () => (await queue.getDelayedCount()) === 1);
          expect(await failingSince(redis, owner, [webhook.id])).not.toEqual([null]);
          const pending = await logOf(id);
          expect(pending).toMatchObject({ status: 'pending', attempts: [{ status: 500, answer: 'no' }] });
          const waitMs = (pending.nextAt ?? 0) - Date.now();
          expect(waitMs).toBeGreaterThan(3000);
          expect(waitMs).toBeLessThan(6000);
          await hurry();
          const received = await receiver.has(2);
          expect(new Set(received.map((one) => one.id)).size).toBe(1);
          for (const one of received) verify(one, secret);
          await until('it is delivered', async () => (await logOf(id)).status === 'delivered');
          expect((await logOf(id)).attempts).toMatchObject([{ status: 500 }, { status: 204 }]);
          expect(await failingSince(redis, owner, [webhook.id])).toEqual([null]);
        }),
      failing(1, 500),
    ));

  it.each<[string, Answering]>([
    ['a redirect', (_received, response) => void response.writeHead(302, { location: '/elsewhere' }).end()],
    ['a connection that breaks off', (_received, response) => void response.socket?.destroy()],
    ['an unknown address', failing(1, 404)],
  ])('is every answer but 2xx: %s', (_what, answer) =>
    withReceiver(
      (receiver) =>
        delivering(async () => {
          await register(receiver.url, { events: ['job.failed'] });
          await tell(endedJob());
          const [{ id } = { id: '' }] = await receiver.has(1);
          expect(await logOf(id)).toMatchObject({ status: 'pending' });
          expect(receiver.received).toHaveLength(1);
        }),
      answer,
    ),
  );

  it.each([429, 503])('with %s waits as long as Retry-After asks', (status) =>
    withReceiver(
      (receiver) =>
        delivering(async () => {
          await register(receiver.url, { events: ['job.failed'] });
          await tell(endedJob());
          const [{ id } = { id: '' }] = await receiver.has(1);
          const { nextAt } = await logOf(id);
          expect((nextAt ?? 0) - Date.now()).toBeGreaterThan(3_500_000);
        }),
      failing(1, status, { 'retry-after': '3600' }),
    ),
  );

  it('is the last after ten', () =>
    withReceiver(
      (receiver) =>
        delivering(async () => {
          await register(receiver.url, { events: ['job.failed'] });
          const job = endedJob();
          await redis.hset(jobHashKey({ label, jobId: job.id }), 'data', '{}');
          await tell(job);
          for (let i = 1; i <= 10; i++) {
            await receiver.has(i);
            if (i < 10) await until('it is put off', async () => (await queue.getDelayedCount()) === 1);
            await hurry();
          }
          const id = receiver.received[0]?.id ?? '';
          await until('it has failed', async () => (await logOf(id)).status === 'failed');
          expect((await logOf(id)).attempts).toHaveLength(10);
          await until('it has left', async () => (await queue.getJob(id)) === undefined);
          await tell(job);
          expect(await queue.getJob(id)).toBeUndefined();
        }),
      failing(100, 500),
    ));
});

describe('a webhook', () => {
  it('that answers 410 is disabled and gets nothing more', () =>
    withReceiver(
      (receiver) =>
        delivering(async () => {
          const { webhook } = await register(receiver.url, { events: ['job.failed'] });
          await tell(endedJob());
          await receiver.has(1);
          const disabled = await until('it is disabled', async () => {
            return (await readWebhook(redis, owner, webhook.id))?.disabled;
          });
          expect(disabled.reason).toContain('410');
          await tell(endedJob());
          await idle();
          expect(receiver.received).toHaveLength(1);
        }),
      failing(100, 410),
    ));

  it('that fails for five days is disabled, with the reason; one that succeeds in between is not', async () => {
    const { webhook } = await register('http://127.0.0.1:9/');
    const since = Date.now();
    await noteFailure(redis, owner, webhook.id, since);
    await noteFailure(redis, owner, webhook.id, since + mostFailingMs - 1);
    expect((await readWebhook(redis, owner, webhook.id))?.disabled).toBeNull();
    await noteFailure(redis, owner, webhook.id, since + mostFailingMs);
    expect((await readWebhook(redis, owner, webhook.id))?.disabled?.reason).toContain(new Date(since).toISOString());
  });

  it('that was deleted or disabled meanwhile ends what was on its way to it', () =>
    withReceiver((receiver) =>
      delivering(async () => {
        const { webhook } = await register(receiver.url, { disabled: { at: 1, reason: 'by hand' } });
        for (const to of [webhook.id, newWebhookId()]) {
          const id = deliveryIdOf(to);
          await addDeliveries(queue, [{ id, delivery: deliveryTo(to) }]);
          expect(
            await until('it has ended', async () => ((await logOf(id)).status === 'failed' ? logOf(id) : null)),
          ).toMatchObject({
            attempts: [{ status: null }],
          });
        }
        expect(receiver.received).toEqual([]);
      }),
    ));

  it('is not called on an address that is not allowed', () =>
    withReceiver((receiver) =>
      delivering(async () => {
        await register(receiver.url, { events: ['job.failed'] });
        await tell(endedJob());
        await until('it is put off', async () => (await queue.getDelayedCount()) === 1);
        const [job] = await queue.getDelayed();
        expect((await logOf(job?.id ?? '')).attempts[0]).toMatchObject({ status: null });
        expect((await logOf(job?.id ?? '')).attempts[0]?.answer).toContain('address_not_allowed');
        expect(receiver.received).toEqual([]);
      }, '10.0.0.0/8'),
    ));

  it('that answers slowly does not hold up the others', () =>
    withReceiver((quick) =>
      delivering(() =>
        withHanging(async (slow) => {
          for (const { url } of [slow, quick]) await register(url, { events: ['job.failed'] });
          const begunAt = Date.now();
          await Promise.all(Array.from({ length: 300 }, () => tell(endedJob())));
          await quick.has(300, 30_000);
          // Each of its places is free again when an attempt was given up.
          const turns = Math.ceil((Date.now() - begunAt) / answerMs);
          expect(slow.received.length).toBeLessThanOrEqual(48 * turns);
        }),
      ),
    ));
});

describe('with as many deliveries waiting as may be', () => {
  it('those to a receiver that only fails are logged as failed, and others are sent', async () => {
    const [dead, live] = [newWebhookId(), newWebhookId()];
    await noteFailure(redis, owner, dead);
    const all = [dead, live].map((to) => ({ id: deliveryIdOf(to), delivery: deliveryTo(to) }));
    expect(await withinLimit(redis, all)).toEqual(all);
    expect(await withinLimit(redis, all, 0)).toEqual([all[1]]);
    expect(await logOf(all[0]?.id ?? '')).toMatchObject({ status: 'failed', attempts: [{ status: null }] });
  });
});

describe('the log', () => {
  it('is read in pages, the newest first, and keeps no more than the latest', () =>
    withReceiver((receiver) =>
      delivering(async () => {
        const { webhook } = await register(receiver.url);
        const ids = Array.from({ length: 205 }, (_, i) => deliveryIdOf(i));
        for (const [i, id] of ids.entries()) {
          await addDeliveries(queue, [{ id, delivery: { ...deliveryTo(webhook.id), at: 1000 + i } }]);
        }
        await receiver.has(205);
        await idle();
        const seen: string[] = [];
        for (let before: string | undefined; ;) {
          const page = await listDeliveries(redis, { owner, webhook: webhook.id }, { limit: 50, before });
          seen.push(...page.deliveries.map(({ id }) => id));
          if (page.next === null) break;
          before = page.next;
        }
        expect(seen).toEqual(ids.slice(5).reverse());
        expect(await readDeliveryLog(redis, owner, ids[0] ?? '')).toBeNull();
        expect(await readDeliveryLog(redis, 'other', ids[204] ?? '')).toBeNull();
      }),
    ));

  it('of the worker names no query of an address and no secret', () =>
    withReceiver((receiver) =>
      delivering(async (log) => {
        const { secret } = await register(`${receiver.url}?token=hidden`, { events: ['job.failed'] });
        await tell(endedJob());
        await receiver.has(1);
        await until('it is logged', () => log.length > 0);
        expect(log.join('')).toContain('/hook"');
        for (const word of ['hidden', secret]) expect(log.join('')).not.toContain(word);
      }),
    ));
});

describe('a rotated secret', () => {
  it('signs together with the old one for a day', async () => {
    const { kept, secret } = await secrets.make(owner);
    const now = Date.now();
    const rotated = await secrets.rotate(owner, kept, now);
    expect(await secrets.open(owner, rotated.kept, now)).toEqual([rotated.secret, secret]);
    expect(await secrets.open(owner, rotated.kept, now + 25 * 3_600_000)).toEqual([rotated.secret]);
  });

  it('lies encrypted in Redis, for its owner alone, under EARSHOT_SECRET', async () => {
    const strong = new WebhookSecrets(redis, 'x'.repeat(32));
    const { kept, secret } = await strong.make(owner);
    expect(kept.sealed).not.toContain(secret.slice(6));
    expect(await strong.open(owner, kept)).toEqual([secret]);
    await expect(strong.open('other', kept)).rejects.toMatchObject({ code: 'webhook_secret_unreadable' });
    const changed = new WebhookSecrets(redis, 'y'.repeat(32));
    await expect(changed.open(owner, kept)).rejects.toMatchObject({ code: 'webhook_secret_unreadable' });
    const rotated = await changed.rotate(owner, kept);
    expect(await changed.open(owner, rotated.kept)).toEqual([rotated.secret]);
  });

  it('of the owner is made once, whoever asks first', async () => {
    const asked = await Promise.all(
      Array.from({ length: 5 }, () => new WebhookSecrets(redis, undefined).ofOwner(owner)),
    );
    expect(new Set(asked.map(({ sealed }) => sealed)).size).toBe(1);
  });
});

function deliveryTo(webhook: string): Delivery {
  const body = JSON.stringify({ type: 'job.failed', timestamp: '', sequence: 1, data: {} });
  return { owner, webhook, url: null, type: 'job.failed', subject: 'job_1', at: Date.now(), source: null, body };
}

/** A receiver that answers only when the test is over. */
function withHanging<T>(run: (receiver: Receiver) => Promise<T>): Promise<T> {
  const open: (() => void)[] = [];
  const answer: Answering = (_received, response) => void open.push(() => void response.writeHead(204).end());
  return withReceiver(async (receiver) => {
    try {
      return await run(receiver);
    } finally {
      for (const end of open) end();
    }
  }, answer);
}
