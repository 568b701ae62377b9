import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { expect, it } from '@jest/globals';
import { InvalidKeyError } from './object-key.js';
import { ObjectMissingError } from './object-store.js';
import { conformsInPutsOfStreams } from './put-of-streams.conformance.js';
import { keysOf, mebibyte, putAll, type WithStore } from './stored-keys.conformance.js';

/** What every object store promises. */
export function conformsToObjectStore(withStore: WithStore): void {
  it('gives back what was put', () =>
    withStore(async (store) => {
      expect(await store.put('a/b', Buffer.from('bytes'))).toEqual({ bytes: 5 });
      expect((await store.get('a/b')).toString()).toBe('bytes');
      expect((await buffer(await store.stream('a/b'))).toString()).toBe('bytes');
    }));

  it('keeps an object without bytes', () =>
    withStore(async (store) => {
      await store.put('empty', new Uint8Array());
      await store.put('empty-stream', Readable.from([]));
      expect(await store.get('empty')).toHaveLength(0);
      expect(await store.head('empty-stream')).toMatchObject({ bytes: 0 });
    }));

  it('keeps a view of a buffer, and not the buffer around it', () =>
    withStore(async (store) => {
      await store.put('view', new Uint8Array([1, 2, 3, 4]).subarray(1, 3));
      expect([...(await store.get('view'))]).toEqual([2, 3]);
    }));

  it('knows size and time of an object, and of a missing one that it is missing', () =>
    withStore(async (store) => {
      await store.put('a', Buffer.from('four'));
      const info = await store.head('a');
      expect(info).toMatchObject({ key: 'a', bytes: 4 });
      expect(Math.abs(Date.now() - Number(info?.modifiedAt))).toBeLessThan(60_000);
      expect(await store.head('b')).toBeNull();
    }));

  it('says of a missing object that it is missing', () =>
    withStore(async (store) => {
      await store.put('folder/object', Buffer.from('x'));
      for (const key of ['absent', 'folder', 'folder/object/below']) {
        await expect(store.get(key)).rejects.toBeInstanceOf(ObjectMissingError);
        await expect(store.stream(key)).rejects.toThrow(`there is no object ${key}`);
      }
    }));

  it.each([
    [{ start: 2, end: 4 }, '234'],
    [{ start: 0, end: 0 }, '0'],
    [{ start: 7 }, '789'],
    [{ start: 8, end: 100 }, '89'],
    [{ start: 10 }, ''],
  ])('streams bytes %j', (range, bytes) =>
    withStore(async (store) => {
      await store.put('digits', Buffer.from('0123456789'));
      expect((await buffer(await store.stream('digits', range))).toString()).toBe(bytes);
    }),
  );

  it.each([{ start: 5, end: 3 }, { start: -1 }, { start: 0.5 }])('refuses %j as a range', (range) =>
    withStore(async (store) => {
      await store.put('digits', Buffer.from('0123456789'));
      await expect(store.stream('digits', range)).rejects.toBeInstanceOf(RangeError);
    }),
  );

  it('replaces an object whole', () =>
    withStore(async (store) => {
      await store.put('a', Buffer.from('the first and longer'));
      await store.put('a', Buffer.from('the second'));
      expect((await store.get('a')).toString()).toBe('the second');
      expect(await keysOf(store, '')).toEqual(['a']);
    }));

  it('creates an object only where there is none', () =>
    withStore(async (store) => {
      expect(await store.create('a/b', Buffer.from('the first'))).toBe(true);
      expect(await store.create('a/b', Buffer.from('the second'))).toBe(false);
      expect((await store.get('a/b')).toString()).toBe('the first');
      await store.put('put', Buffer.from('there'));
      expect(await store.create('put', Buffer.from('created'))).toBe(false);
      await store.delete('a/b');
      expect(await store.create('a/b', Buffer.from('the third'))).toBe(true);
      expect((await store.get('a/b')).toString()).toBe('the third');
      expect(await keysOf(store, '')).toEqual(['a/b', 'put']);
    }));

  it('lets one of many creators win, and keeps its bytes', () =>
    withStore(async (store) => {
      for (let round = 0; round < 5; round++) {
        const key = `contended/${round}`;
        const created = await Promise.all(
          Array.from({ length: 16 }, (_, writer) => store.create(key, Buffer.from(`writer ${writer}`))),
        );
        expect(created.filter(Boolean)).toHaveLength(1);
        expect((await store.get(key)).toString()).toBe(`writer ${created.indexOf(true)}`);
      }
    }));

  it('copies an object, so that neither touches the other afterwards', () =>
    withStore(async (store) => {
      await store.put('a/ä b+%', Buffer.from('bytes'));
      await store.put('b/there', Buffer.from('something else'));
      await store.copy('a/ä b+%', 'b/there');
      await store.copy('a/ä b+%', 'b/new/place');
      await store.put('a/ä b+%', Buffer.from('changed'));
      await store.delete('b/new/place');
      expect((await store.get('b/there')).toString()).toBe('bytes');
      expect(await keysOf(store, '')).toEqual(['a/ä b+%', 'b/there']);
      expect(await store.deleteUnfinished(new Date(Date.now() + 60_000))).toBe(0);
    }));

  it('says that what is to be copied is missing, and leaves the other object', () =>
    withStore(async (store) => {
      await store.put('b', Buffer.from('bytes'));
      await expect(store.copy('a', 'b')).rejects.toBeInstanceOf(ObjectMissingError);
      expect((await store.get('b')).toString()).toBe('bytes');
    }));

  it('deletes an object, and is content when there is none', () =>
    withStore(async (store) => {
      await putAll(store, ['a/b', 'a/c']);
      await store.delete('a/b');
      await store.delete('a/b');
      await store.delete('never/was');
      expect(await keysOf(store, '')).toEqual(['a/c']);
    }));

  it('tells a key from one that continues it', () =>
    withStore(async (store) => {
      await putAll(store, ['a', 'a/b', 'a/b/c']);
      await store.delete('a/b');
      expect(await keysOf(store, '')).toEqual(['a', 'a/b/c']);
      expect((await store.get('a')).toString()).toBe('a');
    }));

  const oddKeys = [
    'ä/ö',
    '日本語/録音.wav',
    '🎧',
    'a b',
    'a+b',
    'a%2Fb',
    'a&b<c>"d"',
    '~',
    '.hidden',
    'trailing.',
    '#?=*:|',
  ];
  it.each(oddKeys)('keeps %s as the key it is', (key) =>
    withStore(async (store) => {
      await store.put(key, Buffer.from(key));
      expect((await store.get(key)).toString()).toBe(key);
      expect(await keysOf(store, '')).toEqual([key]);
      expect(await keysOf(store, key)).toEqual([key]);
    }),
  );

  const invalid = [
    '',
    '/',
    '/a',
    'a/',
    'a//b',
    '.',
    'a/../b',
    'a\\b',
    'a\nb',
    'a\0b',
    '\ud800',
    'x'.repeat(201),
    ':'.repeat(67),
  ];
  it.each(invalid)('refuses the key %j', (key) =>
    withStore(async (store) => {
      await expect(store.put(key, Buffer.from('x'))).rejects.toBeInstanceOf(InvalidKeyError);
      await expect(store.create(key, Buffer.from('x'))).rejects.toBeInstanceOf(InvalidKeyError);
      for (const ask of [() => store.get(key), () => store.stream(key), () => store.head(key), () => store.delete(key)])
        await expect(ask()).rejects.toBeInstanceOf(InvalidKeyError);
    }),
  );

  it('lists in the order of the UTF-8 bytes, in which 🎧 is after ｡, and - before /', () =>
    withStore(async (store) => {
      const keys = ['a', 'a-', 'a/b', 'a/b/c', 'a0', 'b', 'ä', '｡', '🎧'];
      await putAll(store, [...keys].reverse());
      expect(await keysOf(store, '')).toEqual(keys);
    }));

  it.each([
    ['a', {}, ['a/1', 'a/2', 'a/2/x', 'ab']],
    ['a/', {}, ['a/1', 'a/2', 'a/2/x']],
    ['a/2', {}, ['a/2', 'a/2/x']],
    ['c', {}, []],
    ['a/', { startAfter: 'a/1' }, ['a/2', 'a/2/x']],
    ['a/', { startAfter: 'a/1zzz' }, ['a/2', 'a/2/x']],
    ['a/', { startAfter: 'a/2/\uffff' }, []],
    ['', { startAfter: 'a/\uffff' }, ['ab', 'b/1']],
    ['b', { startAfter: 'a' }, ['b/1']],
    ['a/', { limit: 2 }, ['a/1', 'a/2']],
    ['', { startAfter: 'a/2', limit: 1 }, ['a/2/x']],
    ['a', { limit: 0 }, []],
  ] as const)('lists below %j with %j', (prefix, options, expected) =>
    withStore(async (store) => {
      await putAll(store, ['a/1', 'a/2', 'a/2/x', 'ab', 'b/1']);
      expect(await keysOf(store, prefix, options)).toEqual(expected);
    }),
  );

  it('lists more objects than fit on a page', () =>
    withStore(async (store) => {
      const keys = Array.from({ length: 1003 }, (_, index) => `many/${String(index).padStart(4, '0')}`);
      await putAll(store, keys);
      expect(await keysOf(store, 'many/')).toEqual(keys);
      expect(await keysOf(store, 'many/', { limit: 1001 })).toEqual(keys.slice(0, 1001));
    }));

  it('lets go of an object of which only the beginning is read', () =>
    withStore(async (store) => {
      await store.put('big', Buffer.alloc(9 * mebibyte));
      const stream = await store.stream('big');
      for await (const chunk of stream) {
        expect(chunk).toBeDefined();
        break;
      }
      expect(stream.destroyed).toBe(true);
      await store.delete('big');
    }));

  it('is reached by a probe, which leaves no object', () =>
    withStore(async (store) => {
      await store.probe(5000);
      await store.probe(5000);
      expect(await keysOf(store, '')).toEqual([]);
    }));

  conformsInPutsOfStreams(withStore);
}
