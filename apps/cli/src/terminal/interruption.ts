import type { EventEmitter } from 'node:events';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** npm passes Ctrl-C on to a process that the terminal has already told; this close together they are one wish. */
const sameWishMs = 1000;

/** What the person at the terminal asked for while a command runs. */
export interface Interruption {
  /** Aborts at the first Ctrl-C, SIGTERM or hang-up: stop in order. */
  readonly requested: AbortSignal;
  /** Aborts at a second one, a second later or more: stop at once. */
  readonly forced: AbortSignal;
}

/** Runs `work` while signals are taken as wishes to stop it, in place of Node's default, which is to end at once. */
export async function withInterruption<T>(
  source: EventEmitter,
  now: () => number,
  work: (interruption: Interruption) => Promise<T>,
): Promise<T> {
  const [requested, forced] = [new AbortController(), new AbortController()];
  let requestedAt = 0;
  const onSignal = () => {
    if (requested.signal.aborted && now() - requestedAt >= sameWishMs) forced.abort();
    if (requested.signal.aborted) return;
    requestedAt = now();
    requested.abort();
  };
  for (const signal of signals) source.on(signal, onSignal);
  try {
    return await work({ requested: requested.signal, forced: forced.signal });
  } finally {
    for (const signal of signals) source.off(signal, onSignal);
  }
}
