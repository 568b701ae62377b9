import { createHash, randomBytes } from 'node:crypto';
import { PassThrough, Readable } from 'node:stream';
import { expect, it } from '@jest/globals';
import { until } from '../../../../test/until.js';
import type { ObjectStore } from './object-store.js';
import { keysOf, mebibyte, type WithStore } from './stored-keys.conformance.js';

const inOneMinute = (): Date => new Date(Date.now() + 60_000);
const oneMinuteAgo = (): Date => new Date(Date.now() - 60_000);

async function* pieces(count: number, piece: Buffer): AsyncGenerator<Buffer> {
  for (let index = 0; index < count; index++) yield await Promise.resolve(piece);
}

async function* thenFails(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield* source;
  throw new Error('the sender hung up');
}

/** So many MiB, after which the sender says nothing more until it is told to end. */
function stalled(mebibytes: number): PassThrough {
  const body = new PassThrough({ highWaterMark: 64 * mebibyte });
  for (let count = 0; count < mebibytes; count++) body.write(Buffer.alloc(mebibyte));
  return body;
}
async function expectNothingLeft(store: ObjectStore): Promise<void> {
  expect(await store.deleteUnfinished(inOneMinute())).toBe(0);
}

/** What every object store promises of objects that come as streams, and of puts that do not end well. */
export function conformsInPutsOfStreams(withStore: WithStore): void {
  it('streams 64 MiB in and out', () =>
    withStore(async (store) => {
      const piece = randomBytes(mebibyte);
      const sent = createHash('sha256');
      for (let count = 0; count < 64; count++) sent.update(piece);
      expect(await store.put('big', Readable.from(pieces(64, piece)))).toEqual({ bytes: 64 * mebibyte });
      const received = createHash('sha256');
      for await (const chunk of await store.stream('big')) received.update(chunk as Buffer);
      expect(received.digest('hex')).toBe(sent.digest('hex'));
      await expectNothingLeft(store);
    }));

  it('keeps one of several objects put at once, and all of it', () =>
    withStore(async (store) => {
      const bodies = Array.from({ length: 8 }, (_, index) => Buffer.alloc(9 * mebibyte, index));
      const puts = bodies.map((body, index) => store.put('a', index % 2 ? body : Readable.from([body])));
      await Promise.all(puts);
      const kept = await store.get('a');
      expect(bodies.filter((body) => body.equals(kept))).toHaveLength(1);
    }));

  it.each([
    ['one piece', 1],
    ['20 MiB', 20],
  ])('a stream that fails after %s leaves what was there', (_what, count) =>
    withStore(async (store) => {
      await store.put('old', Buffer.from('old'));
      for (const key of ['old', 'new']) {
        const failing = Readable.from(thenFails(pieces(count, Buffer.alloc(mebibyte))));
        await expect(store.put(key, failing)).rejects.toThrow('the sender hung up');
      }
      expect((await store.get('old')).toString()).toBe('old');
      expect(await store.head('new')).toBeNull();
      await expectNothingLeft(store);
    }),
  );

  it('a stream that has failed before it is put leaves nothing', () =>
    withStore(async (store) => {
      const body = Readable.from(pieces(1, Buffer.from('x'))).on('error', () => undefined);
      body.destroy(new Error('the sender hung up'));
      await expect(store.put('new', body)).rejects.toThrow();
      expect(await keysOf(store, '')).toEqual([]);
    }));

  it('a stream that is destroyed halfway leaves nothing', () =>
    withStore(async (store) => {
      const body = stalled(20);
      const put = expect(store.put('new', body)).rejects.toThrow();
      await until('it is read', () => body.readableDidRead);
      body.destroy();
      await put;
      expect(await keysOf(store, '')).toEqual([]);
      await expectNothingLeft(store);
    }));

  it.each([
    ['before it', 0],
    ['within it', 20],
  ])('an abort %s ends a put, which leaves nothing', (_when, count) =>
    withStore(async (store) => {
      const abort = new AbortController();
      const body = stalled(count);
      if (count === 0) abort.abort();
      const put = expect(store.put('new', body, { signal: abort.signal })).rejects.toThrow(/abort/);
      await until('it is read', () => count === 0 || body.readableDidRead);
      abort.abort();
      await put;
      expect(body.destroyed).toBe(true);
      expect(await keysOf(store, '')).toEqual([]);
      await expectNothingLeft(store);
    }),
  );

  it('puts no bytes after an abort', () =>
    withStore(async (store) => {
      const options = { signal: AbortSignal.abort() };
      await expect(store.put('new', Buffer.from('x'), options)).rejects.toThrow(/abort/);
      expect(await store.head('new')).toBeNull();
    }));

  it('removes unfinished puts that are old, whereupon they fail', () =>
    withStore(async (store) => {
      const body = stalled(20);
      const put = store.put('new', body);
      const failed = expect(put).rejects.toThrow('failed');
      expect(await store.deleteUnfinished(oneMinuteAgo())).toBe(0);
      await until('it is found', async () => (await store.deleteUnfinished(inOneMinute())) === 1);
      body.end();
      await failed;
      expect(await keysOf(store, '')).toEqual([]);
    }));
}
