import { setTimeout as delay } from 'node:timers/promises';

/**
 * Sends at an even pace, whether or not what was sent before has been answered: a server that falls behind is not spared.
 *
 * @returns the answers, in the order of the sending
 */
export async function atEvenPace<T>(
  { perSecond, count }: { perSecond: number; count: number },
  send: (index: number) => Promise<T>,
): Promise<T[]> {
  const begun = performance.now();
  const sent: Promise<T>[] = [];
  for (let i = 0; i < count; i++) {
    await delay(Math.max(0, (1000 * i) / perSecond - (performance.now() - begun)));
    sent.push(send(i));
  }
  return Promise.all(sent);
}
