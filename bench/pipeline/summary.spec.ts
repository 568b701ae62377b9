import { describe, expect, it } from '@jest/globals';
import { summarize, throughputRatio } from './summary.js';

const round = (elapsedMs: number, latenciesMs: number[]) => ({ elapsedMs, latenciesMs });

describe('the summary of rounds', () => {
  it('has the median of their throughputs, and percentiles of all recordings', () => {
    const rounds = [round(1000, [10, 20]), round(500, [30, 40]), round(4000, [50, 60])];
    expect(summarize(rounds)).toEqual({
      rounds: 3,
      recordings: 6,
      recordingsPerSecond: 2,
      p50Ms: 30,
      p95Ms: 60,
      recordingsPerSecondByRound: [2, 4, 0.5],
    });
  });
});

describe('the ratio to a peer', () => {
  it('compares each round with the one beside it', () => {
    const ours = [round(100, [1]), round(1000, [1]), round(100, [1])];
    const peers = [round(300, [1]), round(2000, [1]), round(500, [1])];
    expect(throughputRatio(ours, peers)).toBe(3);
  });
});
