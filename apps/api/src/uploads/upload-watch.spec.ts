import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { EarshotError } from '#jobs';
import { UploadWatch } from './upload-watch.js';

function codeOf({ aborted, reason }: AbortSignal): string {
  if (!aborted) return 'goes on';
  return reason instanceof EarshotError ? reason.code : String(reason);
}

/** A request of which `bytes` have come and nobody has read any. */
function watchRequest(bytes: number, requireStore: () => void = () => undefined) {
  const raw = new IncomingMessage(new Socket());
  if (bytes > 0) raw.push(Buffer.alloc(bytes));
  return new UploadWatch(raw, { idleMs: 30_000, requireStore });
}

describe('an upload that stands still', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it('is ended as the client’s after the time it has, when every byte has been taken', () => {
    const watch = watchRequest(0);
    jest.advanceTimersByTime(29_000);
    expect(codeOf(watch.signal)).toBe('goes on');
    jest.advanceTimersByTime(2000);
    expect(codeOf(watch.signal)).toBe('upload_timeout');
    watch.stop();
  });

  it('is ended as the store’s after a minute, when bytes wait that nobody takes', () => {
    const watch = watchRequest(10);
    jest.advanceTimersByTime(59_000);
    expect(codeOf(watch.signal)).toBe('goes on');
    jest.advanceTimersByTime(2000);
    expect(codeOf(watch.signal)).toBe('store_unavailable');
    watch.stop();
  });

  it('is ended at once when bytes wait and the store is known to be down', () => {
    const watch = watchRequest(10, () => {
      throw new EarshotError('store_unavailable', 'It is down.');
    });
    jest.advanceTimersByTime(500);
    expect(codeOf(watch.signal)).toBe('store_unavailable');
    watch.stop();
  });
});
