import { DelayedError, UnrecoverableError, type Job } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import {
  deliverySchema,
  disableWebhook,
  EarshotError,
  forgetFailures,
  haveEnded,
  logAttempt,
  noteEnd,
  noteFailure,
  readDeliveryLog,
  readWebhook,
  tallyAttempt,
  targetOf,
  type Delivery,
  type EgressAllow,
  type SealedSecret,
  type WebhookSecrets,
} from '#jobs';
import type { EndpointPlaces } from './endpoint-places.js';
import { postMessage, type Posted } from './post-message.js';
import { retryDelay } from './retry-delay.js';

const gone = 410;

export interface DelivererParts {
  redis: Redis;
  secrets: WebhookSecrets;
  places: EndpointPlaces;
  /** What may be connected to besides public addresses. */
  allow: EgressAllow;
  log: Logger;
}

/** The attempt has failed, and the next is to follow after `waitMs`. */
export class FailedAttempt extends Error {
  override readonly name = 'FailedAttempt';

  constructor(
    message: string,
    readonly waitMs: number,
  ) {
    super(message);
  }
}

/** Where a delivery goes, and what signs it. */
type Target = { url: string; secret: SealedSecret };
/** Why a delivery is not to be sent. */
type Refusal = { refusal: string };

/**
 * Carries deliveries out. One attempt is one POST:
 *
 * ```
 * in the queue -> POST -> 2xx: noted on what it tells of, logged, out of the queue
 *      ^           `----> else: logged, back for its next attempt, or after the last one noted and out
 *      `-- the worker was lost: the attempt is made again, under the same id
 * ```
 */
export class Deliverer {
  constructor(private readonly parts: DelivererParts) {}

  /** May run twice, also at the same moment, after the worker was lost or held up: receivers know messages by their ids. */
  async deliver(job: Job<Delivery>, lockToken = ''): Promise<void> {
    const [id, delivery] = [job.id ?? '', readDelivery(job)];
    const place = this.parts.places.take({ owner: delivery.owner, endpoint: targetOf(delivery) });
    if (typeof place === 'number') {
      await job.moveToDelayed(Date.now() + place, lockToken);
      throw new DelayedError();
    }
    // A slow Redis is no reason to keep others from the endpoint: what is noted afterwards needs no place.
    const sent = await this.send(id, delivery).finally(place);
    if (sent === null) return;
    if ('refusal' in sent) return this.end(id, delivery, notPosted(sent.refusal));
    if (isSuccess(sent)) return this.succeed(id, delivery, sent);
    await this.fail(job, id, delivery, sent);
  }

  /** @returns null when there is nothing to do any more */
  private async send(id: string, delivery: Delivery): Promise<Posted | Refusal | null> {
    const { source, again } = delivery;
    // Announced once more, after its end and before what it tells of had left its queue.
    if (source !== null && again !== true && (await haveEnded(this.parts.redis, source, [id]))[0] === true) return null;
    const target = await this.receiverOf(delivery);
    if ('refusal' in target) return target;
    const posted = await this.post(id, target, delivery);
    this.report(id, delivery, target.url, posted);
    return posted;
  }

  private async receiverOf({ owner, webhook, url }: Delivery): Promise<Target | Refusal> {
    const { redis, secrets } = this.parts;
    if (webhook === null) return { url: url ?? '', secret: await secrets.ofOwner(owner) };
    const known = await readWebhook(redis, owner, webhook);
    if (known === null) return { refusal: 'The webhook was deleted.' };
    if (known.disabled !== null) return { refusal: `The webhook is disabled: ${known.disabled.reason}` };
    return { url: known.url, secret: known.secret };
  }

  private async post(id: string, { url, secret }: Target, { owner, body }: Delivery): Promise<Posted> {
    const { secrets, allow } = this.parts;
    try {
      return await postMessage({ id, url, secrets: await secrets.open(owner, secret), body }, allow);
    } catch (error) {
      if (error instanceof EarshotError) return notPosted(`${error.code}: ${error.message}`);
      throw error;
    }
  }

  private async succeed(id: string, delivery: Delivery, posted: Posted): Promise<void> {
    const { redis } = this.parts;
    await Promise.all([
      noteEnd(redis, id, delivery),
      forgetFailures(redis, delivery.owner, targetOf(delivery)),
      this.write(id, delivery, posted, { status: 'delivered', nextAt: null }),
    ]);
  }

  private async fail(job: Job<Delivery>, id: string, delivery: Delivery, posted: Posted): Promise<void> {
    const { redis } = this.parts;
    const { owner, webhook } = delivery;
    if (posted.status !== gone) await noteFailure(redis, owner, targetOf(delivery));
    else if (webhook !== null)
      await disableWebhook(redis, owner, webhook, 'It answered 410 Gone: it wants nothing more.');
    const attempt = job.attemptsMade + 1;
    if (posted.status === gone || attempt >= (job.opts.attempts ?? 1)) return this.end(id, delivery, posted);
    const waitMs = retryDelay(attempt, posted.retryAfterMs);
    await this.write(id, delivery, posted, { status: 'pending', nextAt: Date.now() + waitMs });
    throw new FailedAttempt(posted.answer, waitMs);
  }

  /** It is not tried again. */
  private async end(id: string, delivery: Delivery, posted: Posted): Promise<never> {
    await noteEnd(this.parts.redis, id, delivery);
    await this.write(id, delivery, posted, { status: 'failed', nextAt: null });
    throw new UnrecoverableError(posted.answer);
  }

  private async write(
    id: string,
    delivery: Delivery,
    { at, ms, status, answer }: Posted,
    state: { status: 'pending' | 'delivered' | 'failed'; nextAt: number | null },
  ): Promise<void> {
    const { redis } = this.parts;
    const earlier = (await readDeliveryLog(redis, delivery.owner, id))?.attempts ?? [];
    const log = { delivery, ...state, attempts: [...earlier, { at, ms, status, answer }] };
    await Promise.all([logAttempt(redis, id, log), tallyAttempt(redis, state.status)]);
  }

  private report(id: string, { owner, type, subject, webhook }: Delivery, url: string, posted: Posted): void {
    const { origin, pathname } = new URL(url);
    const { status, ms, answer } = posted;
    const about = { deliveryId: id, owner, webhook, type, subject, url: origin + pathname, status, ms };
    if (isSuccess(posted)) this.parts.log.debug(about, 'webhook delivered');
    else this.parts.log.warn({ ...about, reason: status === null ? answer : undefined }, 'webhook not delivered');
  }
}

function notPosted(answer: string): Posted {
  return { at: Date.now(), ms: 0, status: null, answer, retryAfterMs: 0 };
}

function isSuccess({ status }: Posted): boolean {
  return status !== null && status >= 200 && status < 300;
}

/** @throws EarshotError when what Redis holds is no delivery, which no further attempt changes */
function readDelivery(job: Job): Delivery {
  const parsed = deliverySchema.safeParse(job.data);
  if (parsed.success) return parsed.data;
  const damaged = new EarshotError('payload_unreadable', 'What Redis holds of the delivery is damaged.');
  throw new UnrecoverableError(damaged.message);
}
