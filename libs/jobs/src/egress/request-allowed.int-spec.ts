import { once } from 'node:events';
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { buffer, text } from 'node:stream/consumers';
import { describe, expect, it } from '@jest/globals';
import { until } from '../../../../test/until.js';
import { parseEgressAllow } from './egress-allow.js';
import { requestAllowed, type AllowedRequest } from './request-allowed.js';

const loopback = parseEgressAllow('127.0.0.1,[::1]');
const settings: AllowedRequest = { allow: loopback, totalMs: 10_000, maxBytes: 1000 };

async function withServer(server: Server, run: (port: number) => Promise<void>, host = '127.0.0.1'): Promise<void> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket.on('error', () => undefined)));
  server.listen(0, host);
  await once(server, 'listening');
  try {
    await run((server.address() as AddressInfo).port);
  } finally {
    for (const socket of sockets) socket.destroy();
    server.close();
  }
}

type Answerer = (request: IncomingMessage, response: ServerResponse) => void;

const withHttp = (answer: Answerer, run: (port: number) => Promise<void>, host?: string): Promise<void> =>
  withServer(createHttpServer(answer), run, host);

/** A server that writes bytes of the test's own. */
const withRaw = (greet: (socket: Socket) => void, run: (port: number) => Promise<void>): Promise<void> =>
  withServer(createServer(greet), run);

describe('requestAllowed', () => {
  it('sends what it is given, and gives back status, headers and bytes', () =>
    withHttp(
      (request, response) =>
        void text(request).then((body) =>
          response.writeHead(201, { 'x-method': request.method }).end(`${String(request.headers['x-a'])} ${body}`),
        ),
      async (port) => {
        const sent = { method: 'POST', headers: { 'x-a': '1' }, body: 'ä' };
        const { status, headers, body } = await requestAllowed(`http://127.0.0.1:${port}/`, { ...settings, ...sent });
        expect([status, headers['x-method'], await text(body)]).toEqual([201, 'POST', '1 ä']);
      },
    ));

  it('reaches a host that is an IPv6 address', () =>
    withHttp(
      (_request, response) => void response.end('six'),
      async (port) => {
        const { body } = await requestAllowed(`http://[::1]:${port}/`, settings);
        expect(await text(body)).toBe('six');
      },
      '::1',
    ));

  it('connects to the address that was checked, whatever the name means a moment later', () =>
    withHttp(
      (request, response) => void response.end(request.headers.host),
      async (port) => {
        const said = ['127.0.0.1', '169.254.169.254'];
        let asked = 0;
        const resolve = () => Promise.resolve([said[asked++] ?? '']);
        const url = `http://rebinding.example:${port}/`;
        const first = await requestAllowed(url, { ...settings, resolve });
        expect(await text(first.body)).toBe(`rebinding.example:${port}`);
        expect(asked).toBe(1);
        // The connection of the first request is not used again: the second is judged by what the name means now.
        await expect(requestAllowed(url, { ...settings, resolve })).rejects.toMatchObject({
          code: 'address_not_allowed',
        });
      },
    ));

  it('never connects to an address that is not allowed', () =>
    withHttp(
      () => expect(true).toBe(false),
      async (port) => {
        const attempt = requestAllowed(`http://127.0.0.1:${port}/`, { ...settings, allow: [] });
        await expect(attempt).rejects.toMatchObject({ code: 'address_not_allowed' });
      },
    ));

  it('keeps no connection, and follows no redirect', () =>
    withHttp(
      (_request, response) => void response.writeHead(302, { location: 'http://169.254.169.254/' }).end('moved'),
      async (port) => {
        const { status, body, headers } = await requestAllowed(`http://127.0.0.1:${port}/`, settings);
        expect([status, await text(body), headers.connection]).toEqual([302, 'moved', 'close']);
      },
    ));

  it('fails at the byte that is too many', () =>
    withHttp(
      (request, response) => void response.end(Buffer.alloc(request.url === '/' ? 1000 : 1001)),
      async (port) => {
        const { body } = await requestAllowed(`http://127.0.0.1:${port}/`, settings);
        expect(await buffer(body)).toHaveLength(1000);
        const longer = await requestAllowed(`http://127.0.0.1:${port}/longer`, settings);
        await expect(buffer(longer.body)).rejects.toThrow('the answer has more than 1000 bytes');
      },
    ));

  it.each<[string, (socket: Socket) => void]>([
    ['closes at once', (socket) => void socket.end()],
    ['speaks no HTTP', (socket) => void socket.end('SSH-2.0-OpenSSH_9.2\r\n')],
    [
      'switches protocols',
      (socket) => void socket.write('HTTP/1.1 101 x\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n'),
    ],
    ['has headers without end', (socket) => void socket.write(`HTTP/1.1 200 OK\r\n${'a: b\r\n'.repeat(20_000)}`)],
  ])('fails when the server %s', (_what, greet) =>
    withRaw(greet, async (port) => {
      await expect(requestAllowed(`http://127.0.0.1:${port}/`, settings)).rejects.toMatchObject({
        name: 'UnreachableError',
      });
    }),
  );

  it('fails when nobody listens, and says so without the address', () =>
    expect(requestAllowed('http://127.0.0.1:1/', settings)).rejects.toThrow(
      /^nothing listens there \(ECONNREFUSED\)$/,
    ));

  it('fails when the answer breaks off', () =>
    withRaw(
      (socket) => void socket.end('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf'),
      async (port) => {
        const { body } = await requestAllowed(`http://127.0.0.1:${port}/`, settings);
        await expect(text(body)).rejects.toMatchObject({ name: 'UnreachableError' });
      },
    ));

  it.each<[string, Partial<AllowedRequest>, string]>([
    ['a silent server after the time for everything', { totalMs: 200 }, 'it took longer than 200 ms'],
    ['a silent server after the time without a byte', { idleMs: 200 }, 'no byte came for 200 ms'],
  ])('gives up %s', (_what, limits, words) =>
    withRaw(
      () => undefined,
      async (port) => {
        const attempt = requestAllowed(`http://127.0.0.1:${port}/`, { ...settings, ...limits });
        await expect(attempt).rejects.toThrow(words);
      },
    ),
  );

  it('gives up an answer that drips for longer than the time for everything', () =>
    withHttp(
      (_request, response) => {
        const dripping = setInterval(() => response.write('x'), 20);
        response.once('close', () => clearInterval(dripping));
      },
      async (port) => {
        const { body } = await requestAllowed(`http://127.0.0.1:${port}/`, { ...settings, totalMs: 300 });
        await expect(text(body)).rejects.toThrow('it took longer than 300 ms');
      },
    ));

  it('gives up a host that takes too long to resolve', async () => {
    const resolve = () => new Promise<string[]>(() => undefined);
    const attempt = requestAllowed('http://a.example/', { ...settings, totalMs: 100, resolve });
    await expect(attempt).rejects.toThrow('it took longer than 100 ms');
  });

  it('ends with the reason of an abort: before the answer, and within it', () => {
    let closed = 0;
    return withHttp(
      (request, response) => {
        response.once('close', () => (closed += 1));
        if (request.url === '/body') response.write('half');
      },
      async (port) => {
        const reason = new Error('canceled');
        const early = new AbortController();
        const waiting = requestAllowed(`http://127.0.0.1:${port}/`, { ...settings, signal: early.signal });
        early.abort(reason);
        await expect(waiting).rejects.toBe(reason);
        const late = new AbortController();
        const { body } = await requestAllowed(`http://127.0.0.1:${port}/body`, { ...settings, signal: late.signal });
        late.abort(reason);
        await expect(text(body)).rejects.toBe(reason);
        await until('the server is left', () => closed >= 1);
      },
    );
  });
});
