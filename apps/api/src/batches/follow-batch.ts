import { setTimeout as delay } from 'node:timers/promises';
import { EarshotError, type BatchView } from '#jobs';
import type { ServerSentEvent } from '../server/event-stream.js';
import type { BatchesService } from './batches.service.js';

/** How often a batch that somebody follows is looked at. */
const lookEveryMs = 1000;
/** So many looks without anything new, and a sign of life is sent. */
const looksPerSign = 15;

/** Follows batches, for clients that want to see how they go on. All that follow one batch share each look at it. */
export class BatchFollower {
  private readonly looks = new Map<string, Promise<BatchView | null>>();

  /** @param stopping aborted when the API stops: it ends every stream */
  constructor(
    private readonly batches: Pick<BatchesService, 'view'>,
    private readonly stopping: AbortSignal,
  ) {}

  /**
   * The batch each time that its counts have changed, until it is over, the client has gone or the API stops; null when
   * all has been quiet for a while.
   *
   * @param first as it is now
   * @param lastEventId what the client has met last
   */
  async *follow(
    owner: string,
    first: BatchView,
    { lastEventId, gone }: { lastEventId: string; gone: AbortSignal },
  ): AsyncGenerator<ServerSentEvent | null> {
    const over = AbortSignal.any([gone, this.stopping]);
    let [lastId, quiet] = [lastEventId, 0];
    for (let batch: BatchView | null = first; batch !== null; batch = await this.lookAgain(owner, batch)) {
      if (over.aborted) return;
      const event = eventOf(batch);
      quiet = event.id === lastId ? quiet + 1 : 0;
      if (quiet === 0) yield event;
      else if (quiet % looksPerSign === 0) yield null;
      lastId = event.id;
      if (batch.finishedAt !== null) return;
    }
  }

  /** What was seen before, when a look fails, as in an outage; null when there is no such batch any more. */
  private async lookAgain(owner: string, seen: BatchView): Promise<BatchView | null> {
    try {
      return await this.sharedLook(owner, seen.id);
    } catch (error) {
      return error instanceof EarshotError && error.code === 'batch_not_found' ? null : seen;
    }
  }

  private sharedLook(owner: string, id: string): Promise<BatchView | null> {
    const known = this.looks.get(id);
    if (known) return known;
    const look = delay(lookEveryMs, undefined, { ref: false })
      .then(() => this.batches.view(owner, id))
      .finally(() => this.looks.delete(id));
    this.looks.set(id, look);
    return look;
  }
}

/** Its id follows from what it says, so that who comes back meets it only if it has changed. */
export function eventOf(batch: BatchView): ServerSentEvent {
  const type = batch.finishedAt === null ? 'progress' : 'finished';
  const state = [type, batch.status, ...Object.values(batch.counts)];
  if (batch.unpacking) state.push(batch.unpacking.status, batch.unpacking.entries);
  return { id: state.join('.'), type, data: batch };
}
