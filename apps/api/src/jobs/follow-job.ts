import { EarshotError, isFinished, type JobRecord } from '#jobs';
import type { ServerSentEvent } from '../server/event-stream.js';
import type { JobEvents } from './job-events.js';
import { eventsOf, isAfter, progressEvent } from './job-progress.js';

/** How often a job of which nothing is heard is looked at, give or take a fifth, lest all who came at once look at once. */
const lookEveryMs = 5000;
/** Where more follow jobs, each looks more seldom, up to half a minute: a look takes about 2 ms of a core. */
const followersAtThatPace = 200;
const mostLookEveryMs = 30_000;
/** So long without anything new, and a sign of life is sent; proxies cut what is silent for a minute. */
const signEveryMs = 15_000;

/** Who wants to hear of which job. */
export interface Following {
  jobId: string;
  /** The last event that the client has met; empty when it has met none. */
  lastEventId: string;
  /** The client has gone. */
  gone: AbortSignal;
}

/** Follows jobs, for clients that want to hear of each change. */
export class JobFollower {
  private followers = 0;

  /** @param stopping aborted when the API stops: it ends every stream */
  constructor(
    private readonly events: JobEvents,
    private readonly stopping: AbortSignal,
  ) {}

  /**
   * The events of a job from `lastEventId` on, until it has finished, the client has gone or the API stops: after each
   * look, what it shows that is new; null when all has been quiet for a while.
   */
  async *follow(following: Following, look: () => Promise<JobRecord>): AsyncGenerator<ServerSentEvent | null> {
    await this.events.listen();
    const watch = this.events.watch(following.jobId);
    const over = AbortSignal.any([following.gone, this.stopping]);
    this.followers += 1;
    try {
      const next = async (seen: JobRecord) => {
        await watch.next(this.pauseMs() * (0.8 + 0.4 * Math.random()), over);
        return over.aborted ? null : lookAgain(look, seen);
      };
      yield* changesOf(await look(), following.lastEventId, next, () => Math.ceil(signEveryMs / this.pauseMs()));
    } finally {
      this.followers -= 1;
      watch.close();
    }
  }

  private pauseMs(): number {
    return Math.min(mostLookEveryMs, lookEveryMs * Math.max(1, this.followers / followersAtThatPace));
  }
}

/**
 * What each look at a job shows that is new, and now and then null, when looks show nothing.
 *
 * @param next looks again, when it is time to; null ends it
 * @param looksPerSign after how many that show nothing there is a null
 */
export async function* changesOf(
  first: JobRecord,
  lastEventId: string,
  next: (seen: JobRecord) => Promise<JobRecord | null>,
  looksPerSign: () => number = () => 3,
): AsyncGenerator<ServerSentEvent | null> {
  let [lastId, lastPlace, quiet] = [lastEventId, placeOf(first), 0];
  for (let record: JobRecord | null = first; record !== null; record = await next(record)) {
    const events = eventsOf(record).filter(({ id }) => isAfter(id, lastId));
    yield* events;
    if (isFinished(record)) return;
    lastId = events.at(-1)?.id ?? lastId;
    const moved = placeOf(record) !== lastPlace;
    if (moved && events.length === 0) yield progressEvent(record);
    lastPlace = placeOf(record);
    quiet = moved || events.length > 0 ? 0 : (quiet + 1) % looksPerSign();
    if (!moved && events.length === 0 && quiet === 0) yield null;
  }
}

function placeOf({ progress, queuePosition }: JobRecord): string {
  return `${progress} ${queuePosition}`;
}

/** What was seen before, when a look fails, as in an outage; null when there is no such job any more. */
async function lookAgain(look: () => Promise<JobRecord>, seen: JobRecord): Promise<JobRecord | null> {
  try {
    return await look();
  } catch (error) {
    return error instanceof EarshotError && error.code === 'job_not_found' ? null : seen;
  }
}
