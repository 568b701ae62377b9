import { Agent } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { isErrorCode, keyPrefix, modelsQueueName, parseEgressAllow, patientRedisOptions } from '#jobs';
import { aliasKey } from '#models/catalog';
import { DescribedAnswers, type SeenAnswer } from '../../../../test/described-answers.js';
import {
  operationsOf,
  requestsTo,
  type Existing,
  type RandomOperation,
  type RandomRequest,
} from '../../../../test/random-requests.js';
import { randomRecording } from '../../../../test/random-bodies.js';
import { sendRequest } from '../../../../test/send-request.js';
import { withKeys, adminKey, type KeyedApi } from '../../../../test/with-keys.js';
import type { LegacyRoute } from '../legacy/legacy-routes.js';
import type { OpenApiDocument } from './compose-document.js';
import type { JsonSchema } from './schema-collection.js';

const image = 'data:image/png;base64,aGFsbG8=';
const seed = 20261121;
const requestsPerOperation = 30;
/** An answer that takes longer is missing. */
const withinMs = 10_000;

const legacyRoutes: LegacyRoute[] = [
  { name: 'index' },
  ...(['inference', 'predict', 'predictlabel', 'v1'] as const).map((name) => ({ name, model: 'none', owner: 'admin' })),
];
/** The only one that there is a reason for: the model of the old routes. */
const meant = ['model_missing'];
/** There is no worker that would predict. */
const neverDone = /^GET \/jobs\/\{id\}\/result$|^POST \/(inference|predict|(api\/)?predictlabel)$|\/v1\/predict$/;

/** Says of every change of the registry that it has carried it out. */
function obedientWorker(connection: Redis): Worker {
  return new Worker(modelsQueueName, () => Promise.resolve({ created: true }), { connection, prefix: keyPrefix });
}

/** One of everything that can be made without a worker. */
async function makeSome({ send, newKey, store }: KeyedApi): Promise<Omit<Existing, 'resolve'>> {
  const make = async <Made>(path: string, body: string | Uint8Array<ArrayBuffer>) =>
    (await (await send(path, { method: 'POST', body })).json()) as Made & { id: string };
  const recording = randomRecording;
  const { id: job } = await make('/jobs?model=demo', recording);
  const { id: canceled } = await make('/jobs?model=demo', recording);
  await send(`/jobs/${canceled}/cancel`, { method: 'POST' });
  const alias = { name: 'demo', alias: 'stable' };
  await store.put(aliasKey(alias), Buffer.from(JSON.stringify({ ...alias, version: '1.0.0', changedAt: new Date() })));
  const { id: batch } = await make('/batches', '{"model": "demo"}');
  const { id: webhook } = await make('/webhooks', '{"url": "http://127.0.0.1:9/", "events": ["job.failed"]}');
  const { id: delivery } = await make(`/webhooks/${webhook}/test`, '');
  const waiting = await make<{ url: string }>('/uploads', `{"bytes": ${recording.length}}`);
  const { id: upload, url } = await make<{ url: string }>('/uploads', `{"bytes": ${recording.length}}`);
  await send(url, { method: 'PUT', body: recording });
  const query = Object.fromEntries(new URL(waiting.url, 'http://earshot').searchParams);
  return {
    ids: {
      ...{ '/jobs': [job, canceled], '/batches': [batch], '/webhooks': [webhook], '/deliveries': [delivery] },
      ...{ '/models': ['demo'], '/uploads': [waiting.id], '/keys': [(await newKey('acme')).id] },
      '/docs': ['swagger-ui.css'],
    },
    known: {
      ...{ model: 'demo', version: '1.0.0', path: 'line-7/fan.wav', url: 'http://127.0.0.1:9/a.wav', upload, batch },
      ...{ cursor: Buffer.from(job).toString('base64url'), ...query, bytes: recording.length, image },
    },
  };
}

/** How often an operation answered with each status, and the first request whose answer was not as described. */
interface Outcome {
  name: string;
  statuses: Record<string, number>;
  failure: string | null;
}

async function tryOut(api: KeyedApi, operation: RandomOperation, given: Given): Promise<Outcome> {
  const name = `${operation.method} ${operation.path}`;
  const statuses: Record<string, number> = {};
  const check = async (request: RandomRequest): Promise<void> => {
    const headers = { authorization: `Bearer ${adminKey}`, ...request.headers };
    const answer = await sendRequest(api.url, { ...request, headers }, { agent: given.agent, withinMs });
    statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
    expectDescribed(given.described, answer);
  };
  const property = fc.asyncProperty(requestsTo(operation, given.existing), check);
  const run = await fc.check(property, { seed: given.seed, numRuns: requestsPerOperation });
  const failure = run.failed ? `${name}: ${String(run.errorInstance)} ${fc.stringify(run.counterexample)}` : null;
  return { name, statuses, failure };
}

interface Given {
  described: DescribedAnswers;
  existing: Existing;
  agent: Agent;
  seed: number;
}

function expectDescribed(described: DescribedAnswers, answer: SeenAnswer): void {
  expect(described.faultsOf(answer)).toEqual([]);
  if (answer.status < 400) return;
  expect(answer.contentType).toBe('application/problem+json; charset=utf-8');
  const { code } = JSON.parse(answer.body ?? '') as { code: string };
  expect(isErrorCode(code)).toBe(true);
  if (answer.status >= 500) expect(meant).toContain(code);
}

describe('requests of all kinds', () => {
  it('are answered as it is described, never by a fault of ours', () =>
    withKeys(
      async (api) => {
        const document = (await (await api.send('/openapi.json')).json()) as OpenApiDocument;
        const described = new DescribedAnswers(document);
        const resolve = (schema: JsonSchema) => described.schemas.resolve(schema);
        const existing = { ...(await makeSome(api)), resolve };
        const connection = new Redis(patientRedisOptions(api.redis.address));
        const worker = obedientWorker(connection);
        const agent = new Agent({ keepAlive: true });
        const outcomes: Outcome[] = [];
        try {
          for (const [i, operation] of operationsOf(document).entries())
            outcomes.push(await tryOut(api, operation, { described, existing, agent, seed: seed + i }));
        } finally {
          agent.destroy();
          await worker.close();
          connection.disconnect();
        }
        expect(outcomes.flatMap(({ failure }) => failure ?? [])).toEqual([]);
        // Each was also asked for something that it does.
        const done = ({ name, statuses }: Outcome) =>
          neverDone.test(name) || Object.keys(statuses).some((status) => Number(status) < 400);
        expect(outcomes.filter((outcome) => !done(outcome))).toEqual([]);
        expect((await api.send('/readyz')).status).toBe(200);
      },
      { legacyRoutes, uploadIdleMs: 300, egressAllow: parseEgressAllow('127.0.0.1') },
    ));
});
