import { PassThrough, Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from '@jest/globals';
import { peek } from './peek.js';

const { signal } = new AbortController();

describe('peek', () => {
  it.each([0, 1, 9, 10, 11, 500])('loses nothing of %d bytes, however they come', async (length) => {
    const bytes = Buffer.from(Array.from({ length }, (_, i) => i % 256));
    for (const step of [1, 3, 1000]) {
      const stream = new PassThrough();
      const { head, body } = await Promise.all([peek(stream, 10, signal), send(stream, bytes, step)]).then(
        ([peeked]) => peeked,
      );
      expect(head).toEqual(bytes.subarray(0, 10));
      expect(await buffer(body)).toEqual(bytes);
    }
  });

  it.each([new Error('gone'), undefined])('says so when the body breaks off', async (error) => {
    const failing = new Readable({ read: () => undefined });
    const peeking = peek(failing, 10, signal);
    failing.destroy(error);
    await expect(peeking).rejects.toMatchObject({ code: 'upload_interrupted' });
  });

  it('ends when it is told to', async () => {
    const ending = new AbortController();
    const waiting = peek(new PassThrough(), 10, ending.signal);
    ending.abort(new Error('too late'));
    await expect(waiting).rejects.toThrow('too late');
  });
});

async function send(stream: PassThrough, bytes: Buffer, step: number): Promise<void> {
  for (let at = 0; at < bytes.length; at += step) {
    stream.write(bytes.subarray(at, at + step));
    await new Promise(setImmediate);
  }
  stream.end();
}
