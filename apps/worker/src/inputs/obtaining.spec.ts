import { describe, expect, it } from '@jest/globals';
import type { InferPayload, ReadyPayload } from '#jobs';
import { HandedBackError, TakenAwayError } from '../inference/task.js';
import type { UnreadyJob } from './obtain-input.js';
import { Obtaining, PostponedError } from './obtaining.js';

const ready = {} as ReadyPayload;

function job(jobId: string, label = 'cpu'): UnreadyJob {
  return { label, jobId, lockToken: 'token', payload: {} as InferPayload };
}

/** Inputs that are obtained when the test says so. */
function obtaining(limit = 2) {
  const ends = new Map<string, () => void>();
  const all = new Obtaining(
    ({ jobId }, signal) =>
      new Promise((resolve, reject) => {
        ends.set(jobId, () => resolve(ready));
        signal.addEventListener('abort', () => reject(signal.reason as Error));
      }),
    limit,
  );
  return { all, end: (jobId: string) => ends.get(jobId)?.() };
}

describe('Obtaining', () => {
  it('counts an input at once, by its queue, until it is there', async () => {
    const { all, end } = obtaining();
    const counts: number[] = [];
    all.onChange(() => counts.push(all.count('cpu')));
    const first = all.obtain(job('1'));
    expect([all.count('cpu'), all.count('gpu')]).toEqual([1, 0]);
    end('1');
    expect(await first).toBe(ready);
    expect(counts).toEqual([1, 0]);
  });

  it('postpones one more than there is room for', async () => {
    const { all, end } = obtaining();
    const held = [all.obtain(job('1')), all.obtain(job('2', 'gpu'))];
    await expect(all.obtain(job('3'))).rejects.toBeInstanceOf(PostponedError);
    end('1');
    await held[0];
    const third = all.obtain(job('3'));
    for (const id of ['2', '3']) end(id);
    await Promise.all([...held, third]);
  });

  it('lets go of those that are taken away, and of no other', async () => {
    const { all, end } = obtaining();
    const [first, second] = [all.obtain(job('1')), all.obtain(job('2'))];
    all.takeAway(['1', 'unknown']);
    await expect(first).rejects.toBeInstanceOf(TakenAwayError);
    end('2');
    expect(await second).toBe(ready);
  });

  it('ends the earlier attempt when a job comes again, and hands it back', async () => {
    const { all } = obtaining();
    const first = all.obtain(job('1'));
    const again = all.obtain(job('1'));
    await expect(first).rejects.toBeInstanceOf(TakenAwayError);
    await expect(again).rejects.toBeInstanceOf(HandedBackError);
    expect(all.count('cpu')).toBe(0);
  });

  it('hands all back when it stops, and takes no more', async () => {
    const { all } = obtaining();
    const first = all.obtain(job('1'));
    all.stop();
    await expect(first).rejects.toBeInstanceOf(HandedBackError);
    await expect(all.obtain(job('2'))).rejects.toBeInstanceOf(HandedBackError);
  });
});
