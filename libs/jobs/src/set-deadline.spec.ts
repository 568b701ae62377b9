import { describe, expect, it } from '@jest/globals';
import { stat } from 'node:fs/promises';
import { holdUp } from '../../../test/hold-up.js';
import { setDeadline } from './set-deadline.js';
import { within } from './within.js';

describe('a deadline', () => {
  it('passes no sooner than it says, though it was set late in a long turn', async () => {
    holdUp(60);
    const setAt = performance.now();
    await new Promise<void>((resolve) => setDeadline(50, resolve));
    expect(performance.now() - setAt).toBeGreaterThanOrEqual(50);
  });

  it('does not pass over an answer that came in while the process was held up', async () => {
    const answer = within(50, stat(import.meta.filename));
    holdUp(500);
    expect((await answer).isFile()).toBe(true);
  });

  it('passes when there is no answer', async () => {
    await expect(within(20, new Promise(() => undefined))).rejects.toThrow('no answer within 20 ms');
  });

  it('that is called off does not pass', async () => {
    let passed = false;
    setDeadline(5, () => (passed = true))();
    await new Promise<void>((resolve) => setDeadline(20, resolve));
    expect(passed).toBe(false);
  });
});
