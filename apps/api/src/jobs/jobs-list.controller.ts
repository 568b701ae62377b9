import { Controller, Get, Query } from '@nestjs/common';
import { EarshotError, toJobView } from '#jobs';
import semver from 'semver';
import { Owner } from '../access/caller.js';
import { ModelCatalog } from '../models/model-catalog.js';
import { invalidPart } from '../problems/invalid-request.js';
import { JobsService } from './jobs.service.js';
import { parseListJobsRequest, toCursor, type JobsPage } from './list-jobs.request.js';

/** An owner's jobs, the newest first, a page at a time. */
@Controller('jobs')
export class JobsListController {
  constructor(
    private readonly jobs: JobsService,
    private readonly catalog: ModelCatalog,
  ) {}

  @Get()
  async list(@Owner() owner: string, @Query() query: unknown): Promise<JobsPage> {
    const { filter, ...page } = parseListJobsRequest(query);
    const model = filter.model && (await this.toVersion(filter.model));
    const { jobs, next } = await this.jobs.list(owner, { ...page, filter: { ...filter, model } });
    return { jobs: jobs.map(toJobView), nextCursor: next && toCursor(next) };
  }

  /** Jobs have the version that an alias meant; a version may have been removed since, and stands for itself. */
  private async toVersion(reference: string): Promise<string> {
    const [, asked] = reference.split('@');
    if (asked === undefined || semver.valid(asked)) return reference;
    try {
      const { name, version } = await this.catalog.require(reference);
      return `${name}@${version}`;
    } catch (error) {
      if (!(error instanceof EarshotError) || error.code !== 'model_not_found') throw error;
      throw invalidPart('model', 'names neither a version nor an alias; GET /models lists them', 'parameter');
    }
  }
}
