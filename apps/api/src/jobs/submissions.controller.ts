import { Controller, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isFinished, jobPath, type JobRecord, type JobView, toJobRecord, toJobView } from '#jobs';
import { JobIntake, type AcceptedJob, type EarlierJob } from './job-intake.js';
import { JobWaiter } from './job-waiter.js';
import { JobsService } from './jobs.service.js';
import { preferredWaitSeconds } from './prefer.js';
import { retryAfterSeconds } from './retry-after.js';
import { whenGone } from './when-gone.js';

/** How long a prediction is waited for unless the caller says otherwise. */
const predictSeconds = 30;

/** New jobs: the input and its fields, as a form or as the raw body with the fields in the query. */
@Controller()
export class SubmissionsController {
  constructor(
    private readonly intake: JobIntake,
    private readonly jobs: JobsService,
    private readonly waiter: JobWaiter,
  ) {}

  @Post('jobs')
  async submit(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<JobView> {
    const waitSeconds = waitSecondsOf(request);
    return this.answer(await this.intake.accept(request), waitSeconds, reply);
  }

  /** The same for the model that the path names, by itself waiting for the result. */
  @Post('models/:model/predict')
  async predict(
    @Param('model') model: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<JobView> {
    const waitSeconds = waitSecondsOf(request) ?? predictSeconds;
    return this.answer(await this.intake.accept(request, [['model', model]]), waitSeconds, reply);
  }

  private async answer(
    job: AcceptedJob | EarlierJob,
    waitSeconds: number | undefined,
    reply: FastifyReply,
  ): Promise<JobView> {
    if (waitSeconds !== undefined) void reply.header('preference-applied', `wait=${waitSeconds}`);
    const record = await this.see(job, (waitSeconds ?? 0) * 1000, reply);
    // Who did not ask to wait is answered the same however fast the job was.
    const isAnswer = waitSeconds !== undefined && isFinished(record);
    void reply.status(isAnswer ? 200 : 202).header('location', jobPath(job.id));
    if (!isFinished(record)) void reply.header('retry-after', retryAfterSeconds(record));
    return toJobView(record);
  }

  /** The job as it is after the wait; as it was accepted, when there is none, or it cannot be read any more. */
  private async see(job: AcceptedJob | EarlierJob, ms: number, reply: FastifyReply): Promise<JobRecord> {
    const isNew = 'payload' in job;
    const look = () => this.jobs.require(isNew ? job.payload.owner : job.owner, job.id);
    if (!isNew) await look();
    const seen = ms === 0 ? null : await this.waiter.wait({ jobId: job.id, ms, gone: whenGone(reply) }, look);
    return seen ?? (isNew ? toAcceptedRecord(job) : look());
  }
}

function waitSecondsOf({ headers }: FastifyRequest): number | undefined {
  return preferredWaitSeconds([headers.prefer].flat().join(','));
}

function toAcceptedRecord({ id, label, priority, payload, place }: AcceptedJob): JobRecord {
  const unbegun = { begunAt: null, finishedAt: null, run: 1, attempts: 0, outcome: null, failure: null } as const;
  const waiting = { status: 'queued', ...place, priority } as const;
  return toJobRecord({ id, label, payload, ...waiting, ...unbegun }, null);
}
