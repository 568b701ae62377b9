/** A look at a job takes about 2 ms of a core. */
const looksPerSecond = 50;
/** Who is sent away comes back after whole seconds, in the same part of a second: looks in one hold up what else comes. */
const partsPerSecond = 10;
/** A part of a second in which fewer look has room to spare. */
const fewLooks = looksPerSecond / partsPerSecond / 2;
/** The longest that anybody is asked to wait, however many others look. */
export const mostSeconds = 30;

/**
 * Spreads the looks of all who poll over as many coming seconds as they need, and evenly within each second: those who
 * were answered one after the other come back in different ones. So whoever finds room to spare looks again when they
 * like to, and a thousand look every twenty seconds, and not all at the same time.
 */
export class PollSlots {
  /** The jobs that are expected to be looked at in each part of a second since 1970. */
  private readonly expected = new Map<number, Set<string>>();
  /** The part of a second in which each of them is. */
  private readonly slotOf = new Map<string, number>();

  /**
   * A job has one slot at a time: who looks sooner than asked takes no more room than others.
   *
   * @param leastSeconds before which there is nothing to see
   * @returns in how many seconds to look again
   */
  take(jobId: string, leastSeconds: number, nowMs: number = Date.now()): number {
    const now = Math.floor((nowMs * partsPerSecond) / 1000);
    this.forgetBefore(now);
    this.leave(jobId);
    const slotAfter = (seconds: number) => now + seconds * partsPerSecond;
    const last = Math.min(leastSeconds + Math.floor(this.slotOf.size / looksPerSecond), mostSeconds);
    let seconds = leastSeconds;
    for (let later = seconds + 1; later <= last && this.looksIn(slotAfter(seconds)) >= fewLooks; later++) {
      if (this.looksIn(slotAfter(later)) < this.looksIn(slotAfter(seconds))) seconds = later;
    }
    const slot = slotAfter(seconds);
    this.expected.set(slot, (this.expected.get(slot) ?? new Set()).add(jobId));
    this.slotOf.set(jobId, slot);
    return seconds;
  }

  private looksIn(slot: number): number {
    return this.expected.get(slot)?.size ?? 0;
  }

  private leave(jobId: string): void {
    const slot = this.slotOf.get(jobId);
    if (slot === undefined) return;
    this.expected.get(slot)?.delete(jobId);
    this.slotOf.delete(jobId);
  }

  private forgetBefore(now: number): void {
    for (const [slot, jobIds] of this.expected) {
      if (slot >= now) continue;
      for (const jobId of jobIds) this.slotOf.delete(jobId);
      this.expected.delete(slot);
    }
  }
}
