import { text } from 'node:stream/consumers';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  EarshotError,
  isErrorCode,
  isFinished,
  resultSchema,
  type ErrorCode,
  type JobRecord,
  type JobResult,
} from '#jobs';
import type { JobIntake, OtherInput } from '../jobs/job-intake.js';
import type { JobWaiter } from '../jobs/job-waiter.js';
import type { JobsService } from '../jobs/jobs.service.js';
import { whenGone } from '../jobs/when-gone.js';
import type { CountRequest } from '../limits/rate-limit.js';
import type { ModelCatalog } from '../models/model-catalog.js';
import type { LegacyRoute, PredictingName, PredictingRoute } from './legacy-routes.js';

/** How long an old client waits for its answer: longer than those of the servers it knows took. */
const mostSeconds = 60;

export interface LegacyParts {
  routes: readonly LegacyRoute[];
  catalog: ModelCatalog;
  intake: JobIntake;
  jobs: JobsService;
  waiter: JobWaiter;
  countRequest: CountRequest;
}

/** A request to a route of an older server, and its answer. */
export interface Exchange {
  request: FastifyRequest;
  reply: FastifyReply;
}

/** A result that names a label. */
export type LabelledResult = JobResult & { label: string; score: number };

/** Runs what old clients send through the queue, as jobs of the owner their route acts for. */
export class LegacyService {
  constructor(private readonly parts: LegacyParts) {}

  /**
   * Makes a job of the input and waits for its result. A job that nobody waits for any more is canceled.
   *
   * @throws EarshotError `model_missing`, `workers_unavailable`, what the input is refused for, or what the job failed with
   */
  async predict(name: PredictingName, { request, reply }: Exchange, input: OtherInput): Promise<LabelledResult> {
    const { model, owner } = this.routeOf(name);
    await this.actFor(owner, request, reply);
    const fields = [
      ['model', model],
      ['expiresIn', String(mostSeconds)],
    ] as const;
    const { id } = await this.parts.intake.acceptFrom(request, fields, input).catch(orModelMissing(model));
    const look = () => this.parts.jobs.require(owner, id);
    const job = await this.parts.waiter.wait({ jobId: id, ms: mostSeconds * 1000, gone: whenGone(reply) }, look);
    if (job !== null && isFinished(job)) return this.resultOf(job, model);
    await this.parts.jobs.cancel(owner, id).catch(() => undefined);
    throw noAnswer();
  }

  /**
   * The score of each label of the model's card, in the card's order.
   *
   * @throws EarshotError `model_refused` when its results do not list them all
   */
  async scoresInOrder({ scores, provenance }: JobResult): Promise<JobResult['scores']> {
    const { modelName, modelVersion } = provenance;
    const { card } = await this.parts.catalog.require(`${modelName}@${modelVersion}`).catch(orModelMissing(modelName));
    return (card.output.labels ?? []).map((label) => {
      const score = scores.find((each) => each.label === label);
      if (score === undefined) throw unfit('its results leave scores out (output.topK)');
      return score;
    });
  }

  private routeOf(name: PredictingName): PredictingRoute {
    const route = this.parts.routes.find((known): known is PredictingRoute => known.name === name);
    if (route === undefined) throw new Error(`the route ${name} is not switched on`);
    return route;
  }

  /** Who has shown a key has been counted by it, as has everybody without keys. */
  private async actFor(owner: string, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const isCounted = request.caller.owner !== '';
    request.caller = { owner, keyId: null, scopes: [] };
    if (!isCounted) await this.parts.countRequest(request.caller, reply);
  }

  private async resultOf(job: JobRecord, model: string): Promise<LabelledResult> {
    if (job.result === null) throw toError(job, model);
    const result = job.truncated
      ? resultSchema.parse(JSON.parse(await text(await this.parts.jobs.result(job).open())))
      : job.result;
    const { label, score } = result;
    if (label === null || score === null) throw unfit('it names no label');
    return { ...result, label, score };
  }
}

/** What a job failed with, as a request's error. */
function toError({ error }: JobRecord, model: string): EarshotError {
  const code: ErrorCode = error !== null && isErrorCode(error.code) ? error.code : 'internal_error';
  if (code === 'job_expired') return noAnswer();
  if (code === 'model_not_found' || code === 'model_removed') return modelMissing(model);
  return new EarshotError(code, error?.detail ?? 'The job has no result.');
}

function orModelMissing(model: string): (error: unknown) => never {
  return (error) => {
    throw error instanceof EarshotError && error.code === 'model_not_found' ? modelMissing(model) : error;
  };
}

function modelMissing(model: string): EarshotError {
  return new EarshotError('model_missing', `This route predicts with ${model}, which is not registered (any more).`);
}

function noAnswer(): EarshotError {
  return new EarshotError('workers_unavailable', `No worker had a result within ${mostSeconds} s; try again shortly.`);
}

function unfit(why: string): EarshotError {
  return new EarshotError('model_refused', `The model cannot answer on this route: ${why}.`);
}
