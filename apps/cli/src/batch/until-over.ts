import { setTimeout as delay } from 'node:timers/promises';
import type { Batch } from '#client';

const pollMs = 1000;

/**
 * Follows a batch until it is over, and all is sent. When it cannot be followed, the sending ends as well.
 *
 * @param send ends soon after its signal aborts
 * @param stop ends the watching of a folder, whose batch stays open
 */
export async function untilOver(
  send: (over: AbortSignal) => Promise<void>,
  look: () => Promise<Batch>,
  show: (batch: Batch) => void,
  stop: AbortSignal | undefined,
): Promise<Batch> {
  const over = new AbortController();
  let failure: { error: unknown } | undefined;
  let isSent = false;
  const sent = send(over.signal).then(
    () => (isSent = true),
    (error: unknown) => (failure = { error }),
  );
  try {
    for (;;) {
      const stopped = stop?.aborted && isSent;
      const batch = await look();
      show(batch);
      if (failure) throw failure.error;
      if (stopped || (isSent && batch.finishedAt !== null)) return batch;
      const pause = delay(pollMs, undefined, { signal: over.signal }).catch(() => undefined);
      await (isSent ? pause : Promise.race([pause, sent]));
    }
  } finally {
    over.abort();
    await sent;
  }
}
