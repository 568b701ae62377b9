import type { Redis } from 'ioredis';
import { takeRequests, type RateLimit } from '#jobs';

/** How long requests that were taken from the bucket are kept for the owner's next ones. */
const keptMs = 1000;
/** A process takes at most this part of a bucket at once, so that little is missing in the others. */
const mostPart = 1 / 50;

/** What became of one request. */
export interface Counted {
  allowed: boolean;
  left: number;
  /** Until there is one again; 0 if it is allowed. */
  waitMs: number;
}

/**
 * Counts the requests of one owner in this process.
 *
 * Redis, set up as it should be, syncs every write to disk. So an owner that sends many takes them from its bucket by
 * handfuls, which grow and shrink with what was used of the last; and one that has none left is refused without asking.
 */
export class RequestPurse {
  private spare = 0;
  private left = 0;
  private handful = 1;
  private keptUntil = -Infinity;
  private emptyUntil = -Infinity;
  private asking: Promise<void> | undefined;

  constructor(
    private readonly redis: Redis,
    private readonly owner: string,
    private readonly limit: RateLimit,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** @throws what Redis throws */
  async count(): Promise<Counted> {
    for (;;) {
      const now = this.now();
      if (now < this.emptyUntil) return { allowed: false, left: 0, waitMs: this.emptyUntil - now };
      if (this.spare > 0 && now < this.keptUntil) {
        this.spare -= 1;
        return { allowed: true, left: this.left + this.spare, waitMs: 0 };
      }
      await (this.asking ??= this.ask().finally(() => (this.asking = undefined)));
    }
  }

  private async ask(): Promise<void> {
    const most = Math.max(1, Math.floor(this.limit.requests * mostPart));
    this.handful = this.now() < this.keptUntil ? Math.min(2 * this.handful, most) : Math.ceil(this.handful / 2);
    const back = this.spare;
    this.spare = 0;
    const { taken, left, waitMs } = await takeRequests(this.redis, this.owner, this.limit, {
      ...{ wanted: this.handful, back },
    });
    this.spare = taken;
    this.left = left;
    if (taken === 0) this.emptyUntil = this.now() + waitMs;
    else this.keptUntil = this.now() + keptMs;
  }
}
