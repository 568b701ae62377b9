import { describe, expect, it } from '@jest/globals';
import { EventEmitter } from 'node:events';
import { withInterruption } from './interruption.js';

/** Emits the signals at their times, in milliseconds, and says what was understood. */
function understood(signals: readonly (readonly [number, string])[]) {
  const source = new EventEmitter();
  let now = 0;
  return withInterruption(
    source,
    () => now,
    ({ requested, forced }) => {
      for (const [at, signal] of signals) {
        now = at;
        source.emit(signal);
      }
      return Promise.resolve({ requested: requested.aborted, forced: forced.aborted });
    },
  );
}

describe('an interruption', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'])('is requested by %s', async (signal) => {
    expect(await understood([[0, signal]])).toEqual({ requested: true, forced: false });
  });

  it('is forced by a second Ctrl-C', async () => {
    expect(
      await understood([
        [0, 'SIGINT'],
        [1500, 'SIGINT'],
      ]),
    ).toEqual({ requested: true, forced: true });
  });

  it('is not forced by the one Ctrl-C that both the terminal and npm deliver', async () => {
    expect(
      await understood([
        [0, 'SIGINT'],
        [30, 'SIGINT'],
      ]),
    ).toEqual({ requested: true, forced: false });
  });

  it('leaves no listener behind', async () => {
    const source = new EventEmitter();
    await withInterruption(source, Date.now, () => Promise.resolve());
    expect(source.eventNames()).toEqual([]);
  });
});
