import { createServer } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { PassThrough, Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { hasRadosgw, TestS3 } from '../../../../test/radosgw.js';
import { until } from '../../../../test/until.js';
import { parseEnvironment } from '../settings/parse-environment.js';
import { storeSettingSchemas, toStoreSettings } from '../settings/store-settings.js';
import { conformsToObjectStore } from './object-store.conformance.js';
import { StoreUnavailableError, type ObjectStore } from './object-store.js';
import { openStore } from './open-store.js';
import { keysOf } from './stored-keys.conformance.js';

const promptMs = 4000;

function storeOf(environment: Record<string, string>): Promise<ObjectStore> {
  Object.assign(process.env, environment);
  return openStore(toStoreSettings(parseEnvironment(environment, storeSettingSchemas)));
}

async function listAll(store: ObjectStore): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of store.list('')) keys.push(key);
  return keys;
}

const everyCall: [string, (store: ObjectStore) => Promise<unknown>][] = [
  ['put', (store) => store.put('a', Buffer.from('x'))],
  ['put of a stream', (store) => store.put('a', Readable.from([Buffer.from('x')]))],
  ['put of a stream that never ends', (store) => store.put('a', endless())],
  ['get', (store) => store.get('a')],
  ['stream', (store) => store.stream('a')],
  ['head', (store) => store.head('a')],
  ['list', listAll],
  ['copy', (store) => store.copy('a', 'b')],
  ['delete', (store) => store.delete('a')],
  ['deleteUnfinished', (store) => store.deleteUnfinished(new Date())],
  ['probe', (store) => store.probe(1000)],
];

function endless(): Readable {
  const body = new PassThrough({ highWaterMark: 2 ** 25 });
  body.write(Buffer.alloc(2 ** 24));
  return body;
}

/** A server that takes connections and answers nothing. */
async function withSilentServer(run: (endpoint: string) => Promise<void>): Promise<void> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => sockets.add(socket.on('error', () => undefined))).listen(0, '127.0.0.1');
  try {
    await once(server, 'listening');
    await run(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    for (const socket of sockets) socket.destroy();
    await once(server.close(), 'close');
  }
}

async function expectPromptFailure(endpoint: string, call: (store: ObjectStore) => Promise<unknown>): Promise<void> {
  const credentials = { AWS_ACCESS_KEY_ID: 'key', AWS_SECRET_ACCESS_KEY: 'secret' };
  const address = { EARSHOT_STORE: 's3://bucket', EARSHOT_S3_ENDPOINT: endpoint, EARSHOT_S3_PATH_STYLE: 'true' };
  const store = await storeOf({ ...credentials, ...address });
  const started = Date.now();
  try {
    await expect(call(store)).rejects.toBeInstanceOf(StoreUnavailableError);
    expect(Date.now() - started).toBeLessThan(promptMs);
  } finally {
    store.close();
  }
}

describe('an S3 API that is away', () => {
  it.each(everyCall)('fails %s at once when it refuses connections', (_name, call) =>
    expectPromptFailure('http://127.0.0.1:1', call),
  );

  it.each(everyCall)('fails %s soon when it answers nothing', (_name, call) =>
    withSilentServer((endpoint) => expectPromptFailure(endpoint, call)),
  );
});

(hasRadosgw ? describe : describe.skip)('an S3 API', () => {
  let s3: TestS3 | undefined;
  let bucket: Record<string, string> = {};
  beforeAll(async () => {
    s3 = await TestS3.start();
    bucket = await s3.newBucket();
  });
  afterAll(() => s3?.stop());

  async function withStore(run: (store: ObjectStore) => Promise<void>, changes = {}): Promise<void> {
    const store = await storeOf({ ...bucket, ...(await s3?.newBucket()), ...changes });
    try {
      await run(store);
    } finally {
      store.close();
    }
  }

  describe('is an object store', () => conformsToObjectStore(withStore));

  describe('an address to put an object under', () => {
    const put = { bytes: 5, contentType: 'audio/wav', seconds: 60 };
    const send = async (url: string, body: string, contentType = 'audio/wav'): Promise<number> =>
      (await fetch(url, { method: 'PUT', body, headers: { 'content-type': contentType } })).status;

    it('takes the bytes that were asked for, and no others', () =>
      withStore(async (store) => {
        const url = await store.presignPut('a/b', put);
        expect(await send(url ?? '', 'longer')).toBe(403);
        expect(await send(url ?? '', 'four')).toBe(403);
        expect(await send(url ?? '', 'bytes', 'image/png')).toBe(403);
        expect(await send((url ?? '').replace('/b?', '/c?'), 'bytes')).toBe(403);
        expect(await keysOf(store, '')).toEqual([]);
        expect(await send(url ?? '', 'bytes')).toBe(200);
        expect((await store.get('a/b')).toString()).toBe('bytes');
      }));

    it('is that of the endpoint which others reach', () =>
      withStore(
        async (store) =>
          expect(await store.presignPut('a', put)).toMatch(/^https:\/\/objects\.example\/test-[^?]+\/a\?/),
        { EARSHOT_S3_PUBLIC_ENDPOINT: 'https://objects.example' },
      ));

    it('takes nothing once its time is over', () =>
      withStore(async (store) => {
        const url = await store.presignPut('a', { ...put, seconds: 1 });
        await until('it is over', async () => (await send(url ?? '', 'bytes')) === 403);
      }));
  });

  describe('an address to get an object from', () => {
    const get = { contentType: 'audio/wav', disposition: `attachment; filename="a.wav"`, seconds: 60 };
    const isReached = () => ({ EARSHOT_S3_PUBLIC_ENDPOINT: bucket['EARSHOT_S3_ENDPOINT'] ?? '' });

    it('has the bytes, under the name and the type that are signed with it', () =>
      withStore(async (store) => {
        await store.put('a/b', Buffer.from('bytes'), { contentType: 'text/html' });
        const url = (await store.presignGet('a/b', get)) ?? '';
        const answer = await fetch(url);
        expect([answer.status, await answer.text()]).toEqual([200, 'bytes']);
        expect(Object.fromEntries(answer.headers)).toMatchObject({
          ...{ 'content-type': 'audio/wav', 'content-disposition': get.disposition, 'cache-control': 'no-store' },
        });
        expect((await fetch(url.replace('attachment', 'inline'))).status).toBe(403);
        expect((await fetch(url.replace('/b?', '/c?'))).status).toBe(403);
        expect((await fetch(url.replace(/&X-Amz-Signature=[^&]*/, ''))).status).toBe(403);
        expect((await fetch(url, { method: 'DELETE' })).status).toBe(403);
      }, isReached()));

    it('has nothing once its time is over', () =>
      withStore(async (store) => {
        await store.put('a', Buffer.from('bytes'));
        const url = (await store.presignGet('a', { ...get, seconds: 1 })) ?? '';
        await until('it is over', async () => (await fetch(url)).status === 403);
      }, isReached()));

    it('is that of the endpoint which others reach, and of no other', async () => {
      await withStore(
        async (store) =>
          expect(await store.presignGet('a', get)).toMatch(/^https:\/\/objects\.example\/test-[^?]+\/a\?/),
        { EARSHOT_S3_PUBLIC_ENDPOINT: 'https://objects.example' },
      );
      await withStore(async (store) => expect(await store.presignGet('a', get)).toBeNull());
    });
  });

  it('keeps what is below its prefix apart from the rest of the bucket', async () => {
    const { EARSHOT_STORE: address } = bucket;
    await withStore((store) => store.put('a', Buffer.from('outer')).then(() => undefined), { EARSHOT_STORE: address });
    await withStore(
      async (store) => {
        expect(await listAll(store)).toEqual([]);
        await store.put('a', Buffer.from('inner'));
        expect((await store.get('a')).toString()).toBe('inner');
        expect(await listAll(store)).toEqual(['a']);
      },
      { EARSHOT_STORE: `${address}/some/prefix` },
    );
    await withStore(
      async (store) => {
        expect((await store.get('a')).toString()).toBe('outer');
        expect(await listAll(store)).toEqual(['a', 'some/prefix/a']);
      },
      { EARSHOT_STORE: address },
    );
  });

  it('without the bucket is unavailable, and no object is missing', () =>
    withStore((store) => expect(store.get('a')).rejects.toThrow('failed: NoSuchBucket'), {
      EARSHOT_STORE: 's3://there-is-none',
    }));

  it('that refuses the credentials is unavailable', () =>
    withStore((store) => expect(store.probe(1000)).rejects.toThrow('SignatureDoesNotMatch'), {
      AWS_SECRET_ACCESS_KEY: 'wrong',
    }));

  it('takes the newer checksums where they are wanted', () =>
    withStore(
      async (store) => {
        await store.put('a', Buffer.from('checked'));
        expect((await store.get('a')).toString()).toBe('checked');
      },
      { EARSHOT_S3_CHECKSUMS: 'WHEN_SUPPORTED' },
    ));
});
