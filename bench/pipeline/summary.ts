import { median, percentile, rounded } from '../timing.js';
import type { Round } from './drive.js';

/** What a subject's rounds under one load come to. */
export interface Summary {
  rounds: number;
  recordings: number;
  /** The median of the rounds. */
  recordingsPerSecond: number;
  /** Of every recording in every round. */
  p50Ms: number;
  p95Ms: number;
  recordingsPerSecondByRound: number[];
}

export function summarize(rounds: readonly Round[]): Summary {
  const latencies = rounds.flatMap(({ latenciesMs }) => latenciesMs);
  const byRound = rounds.map(recordingsPerSecond);
  return {
    rounds: rounds.length,
    recordings: latencies.length,
    recordingsPerSecond: rounded(median(byRound)),
    p50Ms: rounded(percentile(latencies, 0.5)),
    p95Ms: rounded(percentile(latencies, 0.95)),
    recordingsPerSecondByRound: byRound.map(rounded),
  };
}

/**
 * How many times as much as the peer, the median of the rounds: each is compared with the one beside it, so that what
 * else the machine does weighs on both.
 */
export function throughputRatio(rounds: readonly Round[], peerRounds: readonly Round[]): number {
  const ratios = rounds.flatMap((round, i) => {
    const peer = peerRounds[i];
    return peer === undefined ? [] : [recordingsPerSecond(round) / recordingsPerSecond(peer)];
  });
  return rounded(median(ratios));
}

function recordingsPerSecond({ latenciesMs, elapsedMs }: Round): number {
  return (1000 * latenciesMs.length) / elapsedMs;
}
