import { Controller, Get, Query } from '@nestjs/common';
import { toJobView } from '#jobs';
import { Owner } from '../access/caller.js';
import { JobsService } from './jobs.service.js';
import { parseListJobsRequest, toCursor, type JobsPage } from './list-jobs.request.js';

/** An owner's jobs, the newest first, a page at a time. */
@Controller('jobs')
export class JobsListController {
  constructor(private readonly jobs: JobsService) {}

  @Get()
  async list(@Owner() owner: string, @Query() query: unknown): Promise<JobsPage> {
    const { jobs, next } = await this.jobs.list(owner, parseListJobsRequest(query));
    return { jobs: jobs.map(toJobView), nextCursor: next && toCursor(next) };
  }
}
