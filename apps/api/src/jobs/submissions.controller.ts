import { Controller, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { jobIdTime, toJobRecord, type JobRecord } from '#jobs';
import { JobIntake } from './job-intake.js';
import { isFinished, jobPath, toJobView, type JobView } from './job.view.js';
import { retryAfterSeconds } from './jobs.controller.js';
import { JobWaiter } from './job-waiter.js';
import { JobsService } from './jobs.service.js';
import { preferredWaitSeconds } from './prefer.js';
import type { NewJob } from './to-new-job.js';
import { whenGone } from './when-gone.js';

/** `POST /jobs`: the input and its fields, as a form or as the raw body with the fields in the query. */
@Controller('jobs')
export class SubmissionsController {
  constructor(
    private readonly intake: JobIntake,
    private readonly jobs: JobsService,
    private readonly waiter: JobWaiter,
  ) {}

  @Post()
  async submit(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<JobView> {
    const waitSeconds = preferredWaitSeconds([request.headers.prefer].flat().join(','));
    const job = await this.intake.accept(request);
    if (waitSeconds !== undefined) void reply.header('preference-applied', `wait=${waitSeconds}`);
    const record = await this.see(job, (waitSeconds ?? 0) * 1000, reply);
    // Who did not ask to wait is answered the same however fast the job was.
    const isAnswer = waitSeconds !== undefined && isFinished(record);
    void reply.status(isAnswer ? 200 : 202).header('location', jobPath(job.id));
    if (!isAnswer) void reply.header('retry-after', retryAfterSeconds);
    return toJobView(record);
  }

  /** The job as it is after the wait; as it was accepted, when it cannot be read any more. */
  private async see(job: NewJob, ms: number, reply: FastifyReply): Promise<JobRecord> {
    const look = () => this.jobs.require(job.id);
    const seen = await (ms === 0
      ? look().catch(() => null)
      : this.waiter.wait({ jobId: job.id, label: job.label, ms, gone: whenGone(reply) }, look));
    return seen ?? toAcceptedRecord(job);
  }
}

function toAcceptedRecord({ id, label, payload }: NewJob): JobRecord {
  const unbegun = { begunAt: null, finishedAt: null, attempts: 0, outcome: null, failure: null } as const;
  return toJobRecord(
    { id, label, payload, status: 'queued', queuePosition: null, createdAt: jobIdTime(id), ...unbegun },
    null,
  );
}
