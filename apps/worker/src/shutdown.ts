import type { Redis } from 'ioredis';
import type { Logger } from 'pino';

/** How long Redis may be away before a stopping worker leaves without it: its locks run out, and others take its jobs. */
const awayMs = 5000;
const checkEveryMs = 250;

/**
 * Ends the worker on SIGINT, SIGTERM or, if asked to, with its parent: at once before it has begun to work, afterwards
 * so that running jobs are finished. A second signal ends it at once.
 */
export class Shutdown {
  private close: (() => Promise<void>) | null = null;
  private redis: Redis | null = null;
  private stopping = false;

  constructor(
    private readonly log: Logger,
    followParent: boolean,
  ) {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => this.stop(signal));
    if (followParent) process.on('disconnect', () => this.stop('parent gone'));
    if (followParent && !process.connected) this.stop('parent gone');
  }

  /** The worker has begun: from now on `close` is what it takes to stop. */
  arm(redis: Redis, close: () => Promise<void>): void {
    this.redis = redis;
    this.close = close;
  }

  private stop(why: string): void {
    if (this.stopping || this.close === null) process.exit(this.stopping ? 1 : 0);
    this.stopping = true;
    this.log.info({ why }, 'worker stopping: what is under way is finished');
    this.leaveWithoutRedis();
    void this.close().then(
      () => {
        this.log.info('worker stopped');
        process.exit(0);
      },
      (error: unknown) => {
        this.log.error({ error: String(error) }, 'worker did not stop in order');
        process.exit(1);
      },
    );
  }

  private leaveWithoutRedis(): void {
    let waitedMs = 0;
    setInterval(() => {
      waitedMs = this.redis?.status === 'ready' ? 0 : waitedMs + checkEveryMs;
      if (waitedMs < awayMs) return;
      this.log.warn('worker stopped without Redis; its jobs go to other workers once their locks run out');
      process.exit(0);
    }, checkEveryMs);
  }
}
