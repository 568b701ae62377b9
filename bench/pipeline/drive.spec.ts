import { describe, expect, it } from '@jest/globals';
import { setImmediate } from 'node:timers/promises';
import { drive } from './drive.js';

describe('a load', () => {
  it('has as many recordings under way as it is told, and sends no more than it is told', async () => {
    let [underWay, most, sent] = [0, 0, 0];
    const send = async () => {
      sent += 1;
      most = Math.max(most, ++underWay);
      await setImmediate();
      underWay -= 1;
    };
    const round = await drive(send, { inFlight: 3, recordings: 10 });
    expect([most, sent]).toEqual([3, 10]);
    expect(round.latenciesMs).toHaveLength(10);
  });

  it('counts the time of each and of all', async () => {
    const send = () => new Promise<void>((resolve) => setTimeout(resolve, 20));
    const { elapsedMs, latenciesMs } = await drive(send, { inFlight: 2, recordings: 4 });
    expect(Math.min(...latenciesMs)).toBeGreaterThan(15);
    expect(elapsedMs).toBeGreaterThan(35);
    expect(elapsedMs).toBeLessThan(latenciesMs.reduce((sum, ms) => sum + ms));
  });

  it('ends with the first failure', async () => {
    let sent = 0;
    const send = async () => {
      sent += 1;
      await setImmediate();
      if (sent >= 2) throw new Error('refused');
    };
    await expect(drive(send, { inFlight: 2, recordings: 1000 })).rejects.toThrow('refused');
    await setImmediate();
    expect(sent).toBeLessThan(5);
  });
});
