import { describe, expect, it } from '@jest/globals';
import { logAttempt, parseEgressAllow, type DeliveryLog } from '#jobs';
import { newRecording } from '../../../../test/recordings.js';
import { withKeys, type KeyedApi } from '../../../../test/with-keys.js';

/** Lists that show each owner its own. */
const lists = ['/jobs', '/webhooks', '/deliveries'];

/** Routes under which nothing lies that somebody made for himself alone. */
const shared = [
  // Submitting makes something new, and the models are everybody's.
  ...['POST /jobs', 'POST /batches', 'POST /webhooks', 'POST /uploads', 'POST /models/:model/predict'],
  ...['GET /models', 'GET /models/:name', 'GET /models/:name/versions/:version', 'GET /openapi.json'],
  ...['GET /docs', 'GET /docs/:file'],
  // The caller's own, as no id is in the path.
  ...['GET /webhooks/secret', 'POST /webhooks/secret/rotate'],
];

/** What requests carry that are otherwise refused before it is looked whose the thing is. */
const bodies: Record<string, { query?: string; body: string }> = {
  'POST /batches/:id/files': { query: '?path=b.wav', body: 'not read' },
  'PATCH /webhooks/:id': { body: '{"description": "taken over"}' },
};

const notFound: Record<string, string> = {
  ...{ '/jobs': 'job_not_found', '/batches': 'batch_not_found' },
  ...{ '/webhooks': 'webhook_not_found', '/deliveries': 'delivery_not_found' },
};

interface Made {
  id: string;
}

/** One of everything that belongs to an owner, by the beginning of its path. */
async function makeEverything({ send, redis }: KeyedApi, key: string): Promise<Record<string, string>> {
  const make = async (path: string, body: string | Uint8Array<ArrayBuffer>): Promise<string> => {
    const answer = await send(path, { method: 'POST', body }, key);
    const text = await answer.text();
    expect({ path, made: answer.ok || text }).toEqual({ path, made: true });
    return (JSON.parse(text) as Made).id;
  };
  const recording = new Uint8Array(newRecording({ seconds: 0.1 }));
  const job = await make('/jobs?model=demo', recording);
  const batch = await make('/batches', JSON.stringify({ model: 'demo' }));
  await make(`/batches/${batch}/files?path=a.wav`, recording);
  const webhook = await make('/webhooks', JSON.stringify({ url: 'http://127.0.0.1:9/', events: ['job.succeeded'] }));
  const delivery = await make(`/webhooks/${webhook}/test`, '');
  await redis.ask((connection) => logAttempt(connection, delivery, triedDelivery));
  return { '/jobs': job, '/batches': batch, '/webhooks': webhook, '/deliveries': delivery };
}

/** A delivery to a webhook named with a job, as a worker leaves it, so that it is listed. */
const triedDelivery: DeliveryLog = {
  delivery: {
    ...{ owner: 'acme', webhook: null, url: 'http://127.0.0.1:9/', type: 'job.succeeded', subject: 'job_1' },
    ...{ at: 1_700_000_000_000, source: null, body: '{}' },
  },
  ...{ status: 'failed', nextAt: null },
  attempts: [{ at: 1_700_000_000_001, ms: 1, status: 500, answer: 'no' }],
};

describe('what one owner has', () => {
  it('does not exist for another, on any route', () =>
    withKeys(
      async (api) => {
        const { routes, send, newKey } = api;
        const [mine, others] = [await newKey('acme'), await newKey('other')];
        const made = await makeEverything(api, mine.key);
        const read = async (key: string): Promise<Record<string, string>> => {
          const seen: Record<string, string> = {};
          for (const [path, id] of Object.entries(made))
            seen[path] = await (await send(`${path}/${id}`, {}, key)).text();
          return seen;
        };
        const before = await read(mine.key);
        expect(Object.values(before).every((text) => !text.includes('"code":'))).toBe(true);

        const uncovered: string[] = [];
        for (const { method, pattern, need } of routes) {
          const [, root = '', rest] = /^(\/[^/]+)(\/:id.*)?$/.exec(pattern) ?? [];
          const name = `${method} ${pattern}`;
          const id = made[root];
          if (need === 'no key' || need === 'admin' || need === 'ops' || method === 'HEAD') continue;
          if (rest !== undefined && id !== undefined) {
            const { query = '', body } = bodies[name] ?? {};
            const init = { method, ...(body !== undefined && { body }) };
            const answer = await send(root + rest.replace(':id', id) + query, init, others.key);
            const { code } = (await answer.json()) as { code: string };
            expect({ name, status: answer.status, code }).toEqual({ name, status: 404, code: notFound[root] });
          } else if (method === 'GET' && lists.includes(pattern)) {
            const list = await (await send(pattern, {}, others.key)).text();
            for (const its of Object.values(made)) expect(list).not.toContain(its);
            expect(await (await send(pattern, {}, mine.key)).text()).toContain(id);
          } else if (!shared.includes(name)) uncovered.push(name);
        }
        expect(uncovered).toEqual([]);
        expect(await read(mine.key)).toEqual(before);
      },
      { egressAllow: parseEgressAllow('127.0.0.1') },
    ));

  it('cannot be named in another’s requests', () =>
    withKeys(async ({ send, newKey }) => {
      const [mine, others] = [await newKey('acme'), await newKey('other')];
      const recording = new Uint8Array(newRecording({ seconds: 0.1 }));
      const opened = await send(
        '/uploads',
        { method: 'POST', body: JSON.stringify({ bytes: recording.length, contentType: 'audio/wav' }) },
        mine.key,
      );
      const upload = (await opened.json()) as Made & { url: string; headers: Record<string, string> };
      const sent = await send(upload.url, { method: 'PUT', body: recording, headers: upload.headers }, null);
      expect(sent.ok).toBe(true);
      const submit = async (key: string): Promise<[status: number, code: string | undefined]> => {
        const headers = { 'content-type': 'application/json', 'idempotency-key': 'the-same' };
        const body = JSON.stringify({ model: 'demo', input: { upload: upload.id } });
        const answer = await send('/jobs', { method: 'POST', headers, body }, key);
        return [answer.status, ((await answer.json()) as { code?: string }).code];
      };
      expect(await submit(mine.key)).toEqual([202, undefined]);
      // Neither the upload nor the answer under the same Idempotency-Key is the other's.
      expect(await submit(others.key)).toEqual([404, 'upload_not_found']);
    }));
});
