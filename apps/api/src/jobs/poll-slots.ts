/** A look at a job takes about 2 ms of a core. */
const looksPerSecond = 100;
/** The longest that anybody is asked to wait, however many others look. */
export const mostSeconds = 30;

/**
 * Spreads the looks of all who poll: each is given the first coming second that is not full. So a lone client looks again
 * when it likes to, and a thousand look every ten seconds, and not all at the same time.
 */
export class PollSlots {
  /** How many are expected in each second since 1970. */
  private readonly expected = new Map<number, number>();

  /**
   * @param leastSeconds before which there is nothing to see
   * @returns in how many seconds to look again
   */
  take(leastSeconds: number, nowMs: number = Date.now()): number {
    const now = Math.floor(nowMs / 1000);
    for (const second of this.expected.keys()) if (second < now) this.expected.delete(second);
    let seconds = leastSeconds;
    while (seconds < mostSeconds && (this.expected.get(now + seconds) ?? 0) >= looksPerSecond) seconds++;
    this.expected.set(now + seconds, (this.expected.get(now + seconds) ?? 0) + 1);
    return seconds;
  }
}
