import { setTimeout as delay } from 'node:timers/promises';
import type { Batch } from '#client';

const pollMs = 1000;

/**
 * Follows a batch until it is over, and all is sent.
 *
 * @param stop ends the watching of a folder, whose batch stays open
 */
export async function untilOver(
  send: () => Promise<void>,
  look: () => Promise<Batch>,
  show: (batch: Batch) => void,
  stop: AbortSignal | undefined,
): Promise<Batch> {
  let failure: { error: unknown } | undefined;
  let isSent = false;
  const sent = send().then(
    () => (isSent = true),
    (error: unknown) => (failure = { error }),
  );
  for (;;) {
    const stopped = stop?.aborted && isSent;
    const batch = await look();
    show(batch);
    if (failure) throw failure.error;
    if (stopped || (isSent && batch.finishedAt !== null)) return batch;
    await Promise.race([delay(pollMs), isSent ? delay(pollMs) : sent]);
  }
}
