import { describe, expect, it } from '@jest/globals';
import type { Batch } from '#client';
import { BatchProgress, toDuration } from './batch-progress.js';

const batchOf = (succeeded: number, failed = 0): Pick<Batch, 'counts'> => ({
  counts: { total: 10, queued: 0, running: 0, succeeded, failed, canceled: 0, expired: 0 },
});

describe('BatchProgress', () => {
  it('shows what is done, how fast, and what is left', () => {
    let now = 0;
    const progress = new BatchProgress(() => now);
    const state = { sent: 40, total: 100, trouble: null };
    expect(progress.line(batchOf(0), state, 100)).toBe(`${'░'.repeat(24)} 0 %  0 of 100 done  40 sent`);
    now = 10_000;
    expect(progress.line(batchOf(48, 2), state, 100)).toBe(
      `${'█'.repeat(12)}${'░'.repeat(12)} 50 %  50 of 100 done  2 failed  10 s left  5.0/s  40 sent`,
    );
    expect(progress.line(batchOf(48, 2), state, 60)).toBe('50 %  50 of 100 done  2 failed  10 s left  5.0/s  40 sent');
    now = 60_000;
    expect(progress.line(batchOf(100), { sent: 100, total: 100, trouble: null }, 100)).toBe(
      `${'█'.repeat(24)} 100 %  100 of 100 done  1.0/s`,
    );
  });

  it('says what it waits for, and knows of a folder without files', () => {
    const progress = new BatchProgress(() => 0);
    expect(progress.line(batchOf(0), { sent: 0, total: 0, trouble: 'the queue is full' }, 100)).toBe(
      '0 of 0 done  waiting: the queue is full',
    );
  });

  it('knows no share while an archive is unpacked', () => {
    const progress = new BatchProgress(() => 0);
    const state = { sent: 3, total: 3, trouble: null, isUnpacking: true };
    expect(progress.line(batchOf(2), state, 100)).toBe('unpacking ...  2 of 3 done');
  });
});

it('tells durations as a person would', () => {
  expect([0.2, 45, 100, 5400, 7265].map(toDuration)).toEqual(['1 s', '45 s', '2 min', '1 h 30 min', '2 h 1 min']);
});
