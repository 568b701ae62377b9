/** A look at a job takes about 2 ms of a core. */
const looksPerSecond = 50;
/** The longest that anybody is asked to wait, however many others look. */
export const mostSeconds = 30;

/**
 * Spreads the looks of all who poll: each is given the first coming second that is not full. So a lone client looks again
 * when it likes to, and a thousand look every twenty seconds, and not all at the same time.
 */
export class PollSlots {
  /** The jobs that are expected to be looked at in each second since 1970. */
  private readonly expected = new Map<number, Set<string>>();
  /** The second in which each of them is. */
  private readonly secondOf = new Map<string, number>();

  /**
   * A job has one slot at a time: who looks sooner than asked takes no more room than others.
   *
   * @param leastSeconds before which there is nothing to see
   * @returns in how many seconds to look again
   */
  take(jobId: string, leastSeconds: number, nowMs: number = Date.now()): number {
    const now = Math.floor(nowMs / 1000);
    this.forgetBefore(now);
    this.leave(jobId);
    let seconds = leastSeconds;
    while (seconds < mostSeconds && (this.expected.get(now + seconds)?.size ?? 0) >= looksPerSecond) seconds++;
    const slot = this.expected.get(now + seconds) ?? new Set();
    this.expected.set(now + seconds, slot.add(jobId));
    this.secondOf.set(jobId, now + seconds);
    return seconds;
  }

  private leave(jobId: string): void {
    const second = this.secondOf.get(jobId);
    if (second !== undefined) this.expected.get(second)?.delete(jobId);
  }

  private forgetBefore(now: number): void {
    for (const [second, jobIds] of this.expected) {
      if (second >= now) continue;
      for (const jobId of jobIds) this.secondOf.delete(jobId);
      this.expected.delete(second);
    }
  }
}
