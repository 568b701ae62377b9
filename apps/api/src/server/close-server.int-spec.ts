import { once } from 'node:events';
import { createServer, get, type IncomingMessage } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import type { BatchView } from '#jobs';
import { ask } from '../../../../test/ask-batches.js';
import { EventSource } from '../../../../test/event-source.js';
import { withApi, type TestApi } from '../../../../test/with-api.js';
import { closable } from './close-server.js';

/** A connection that its client keeps open, after it has sent this. */
async function keepOpen({ url }: TestApi, sent: string): Promise<Socket> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1').on('error', () => undefined);
  await once(socket, 'connect');
  socket.write(sent);
  return socket;
}

async function openBatch(api: TestApi): Promise<string> {
  const { body } = await ask<BatchView>(api, 'POST', '/batches', JSON.stringify({ model: 'demo' }));
  return body.id;
}

describe('closing the API', () => {
  it.each([
    ['nothing', ''],
    ['half a line', 'GET /livez HT'],
    ['a request, and half of another', 'GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\nGET /livez HT'],
  ])('does not wait for a client that has sent %s', (_what, sent) =>
    withApi(async (api) => {
      const socket = await keepOpen(api, sent);
      const ended = once(socket.resume(), 'close');
      await api.close();
      await ended;
    }),
  );

  it('waits for an answer that is under way', () =>
    withApi(async (api) => {
      const body = new Uint8Array(2000).fill(65);
      const head = `POST /jobs?model=demo HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${body.length}\r\n\r\n`;
      const socket = await keepOpen(api, head);
      const closed = api.close();
      // Longer than a connection is kept on which no request comes.
      setTimeout(() => socket.write(body), 2000);
      const [answer] = (await once(socket, 'data')) as [Buffer];
      expect(answer.toString()).toMatch(/^HTTP\/1\.1 4\d\d /);
      await closed;
    }));

  it('waits until an answer is sent, to the last byte, to a client that is slow', async () => {
    const answer = Buffer.alloc(50_000_000);
    const server = createServer((_request, response) => response.end(answer));
    const close = closable(server, promisify(server.close.bind(server)));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    const [response] = (await once(get({ port }), 'response')) as [IncomingMessage];
    const closed = close();
    // Longer than a connection is kept on which no request comes.
    await delay(1500);
    expect((await buffer(response)).length).toBe(answer.length);
    await closed;
  });

  it.each([
    ['waits for more', async () => {}],
    ['has not read the last', (api: TestApi, id: string) => ask(api, 'POST', `/batches/${id}/cancel`)],
    ['leaves', (_api: TestApi, _id: string, source: EventSource) => Promise.resolve(source.close())],
    [
      'leaves before the last',
      async (api: TestApi, id: string, source: EventSource) => {
        await ask(api, 'POST', `/batches/${id}/cancel`);
        source.close();
      },
    ],
  ])('does not wait for one who follows a batch and %s', (_what, happen) =>
    withApi(async (api) => {
      const id = await openBatch(api);
      const source = await EventSource.open(`${api.url}/batches/${id}/events`);
      expect((await source.next())?.event).toBe('progress');
      await happen(api, id, source);
      await api.close();
    }),
  );

  it('does not wait for one who follows a batch and has vanished', () =>
    withApi(async (api) => {
      const id = await openBatch(api);
      const socket = await keepOpen(api, `GET /batches/${id}/events HTTP/1.1\r\nHost: localhost\r\n\r\n`);
      await once(socket, 'data');
      socket.resetAndDestroy();
      await api.close();
    }));
});
