import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from '@jest/globals';
import { until } from '../until.js';
import { withService } from '../with-service.js';

const key = 'models/fan/aliases/stable.json';
const listing = `<ListBucketResult><IsTruncated>false</IsTruncated><Contents><Key>${key}</Key></Contents></ListBucketResult>`;
/** The API waits for a store for 5 s. */
const mostMs = 7000;

type Manner = (body: string, response: ServerResponse) => void;
const answers: Manner = (body, response) => void response.end(body);
const isSilent: Manner = () => undefined;
const stopsHalfway: Manner = (body, response) => {
  response.setHeader('content-length', body.length);
  response.write(body.slice(0, 1));
};

/** An S3 API with one object below `models/`, whose manner can be changed. */
async function withBucket(run: (bucket: { endpoint: string; manner: Manner }) => Promise<void>): Promise<void> {
  const bucket = { endpoint: '', manner: answers };
  const server = createServer((request, response) => {
    request.resume();
    // The API probes the store with a PUT; it goes on being answered, so that only the listing is held up.
    if (request.method !== 'GET') answers('', response);
    else bucket.manner(request.url?.includes('list-type=2') ? listing : '{}', response);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  bucket.endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    await run(bucket);
  } finally {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  }
}

const credentials = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };

it.each([
  ['answers nothing', isSilent],
  ['begins to answer, and goes no further', stopsHalfway],
])('a store that %s holds nobody up for long who asks for the models; once it is back they are listed', (_, hangs) =>
  withBucket((bucket) => {
    const settings = { EARSHOT_STORE: 's3://bucket', EARSHOT_S3_ENDPOINT: bucket.endpoint, ...credentials };
    return withService(settings, async ({ url }) => {
      const list = () => fetch(`${url}/models`, { signal: AbortSignal.timeout(mostMs) });
      expect((await list()).status).toBe(200);
      bucket.manner = hangs;
      const refused = await until('what was read before is not believed any more', async () => {
        const answer = await list();
        return answer.status === 200 ? null : answer;
      });
      expect(refused.status).toBe(503);
      expect(await refused.json()).toMatchObject({ code: 'store_unavailable' });
      bucket.manner = answers;
      expect((await list()).status).toBe(200);
    });
  }),
);
