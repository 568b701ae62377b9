import { describe, expect, it } from '@jest/globals';
import { once, EventEmitter } from 'node:events';
import { repeat } from './repeat.js';

const hour = 3_600_000;

describe('a repetition', () => {
  it('is done at once, and at once when it is woken', async () => {
    const runs = new EventEmitter();
    const began = once(runs, 'run');
    const repetition = repeat(
      hour,
      () => Promise.resolve(runs.emit('run')),
      () => undefined,
    );
    await began;
    for (let i = 0; i < 3; i++) {
      const again = once(runs, 'run');
      repetition.wake();
      await again;
    }
    await repetition.stop();
  });

  it('that is woken while it runs is done once more, however often it was woken', async () => {
    const started: (() => void)[] = [];
    const runs = new EventEmitter();
    const task = () => new Promise<void>((resolve) => (started.push(resolve), runs.emit('run')));
    const began = once(runs, 'run');
    const repetition = repeat(hour, task, () => undefined);
    await began;
    for (let i = 0; i < 5; i++) repetition.wake();
    const again = once(runs, 'run');
    started[0]?.();
    await again;
    const stopped = repetition.stop();
    started[1]?.();
    await stopped;
    expect(started).toHaveLength(2);
  });

  it('goes on after a run that throws, and tells of it', async () => {
    const told: unknown[] = [];
    const runs = new EventEmitter();
    const second = new Promise<void>((resolve) => runs.on('2', resolve));
    let count = 0;
    const task = () => {
      runs.emit(String(++count));
      return count === 1 ? Promise.reject(new Error('no')) : Promise.resolve();
    };
    const repetition = repeat(1, task, (error) => told.push(error));
    await second;
    await repetition.stop();
    expect(told).toEqual([new Error('no')]);
  });
});
