import type { Redis } from 'ioredis';
import { outboxChannel } from '#jobs';

/** It rings no more often than this, in milliseconds, however many jobs end. */
const pauseMs = 20;

/** Tells those who announce that jobs have ended. Only a hint: the outbox is looked at every second in any case. */
export class OutboxBell {
  private state: 'quiet' | 'rung' | 'again' = 'quiet';

  constructor(private readonly redis: Pick<Redis, 'publish'>) {}

  ring(): void {
    if (this.state !== 'quiet') {
      this.state = 'again';
      return;
    }
    this.state = 'rung';
    this.redis.publish(outboxChannel, '').catch(() => undefined);
    setTimeout(() => {
      const again = this.state === 'again';
      this.state = 'quiet';
      if (again) this.ring();
    }, pauseMs).unref();
  }
}
