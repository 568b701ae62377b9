import type { FastifyRequest } from 'fastify';
import { rejectOnAbort, requireAllowedAddress, type EgressAllow, type OwnWebhook, type RequestFault } from '#jobs';
import type { ModelRecord } from '#models/catalog';
import type { ModelCatalog } from '../models/model-catalog.js';
import { invalidRequest } from '../problems/invalid-request.js';
import type { Uploads } from '../uploads/uploads.js';
import type { NamedInput } from './parse-json-submission.js';
import type { Submission } from './submission.js';
import { submitJobParser, type Field, type SubmitJobParser } from './submit-job.request.js';
import { toNewJob, type GivenInput, type NewJob } from './to-new-job.js';

export interface JobComposerParts {
  catalog: ModelCatalog;
  uploads: Uploads;
  jobTimeoutMs: number;
  /** Where inputs may be fetched, and webhooks be, besides public addresses. */
  egressAllow: EgressAllow;
}

/** What curl -d sends for a form would be an input too: its fields are not where they are looked for. */
const modelNotInAddress: RequestFault = {
  pointer: '/model',
  detail:
    'must be given in the address when the body is the input, as with curl --data-binary @FILE "…/jobs?model=NAME"; ' +
    'or send a form: curl -F file=@FILE -F model=NAME',
};

/** Makes of what a request has brought a job that is ready to be added, or says what is wrong with it. */
export class JobComposer {
  private readonly fields: SubmitJobParser;

  constructor(private readonly parts: JobComposerParts) {
    this.fields = submitJobParser(parts.jobTimeoutMs / 1000);
  }

  /**
   * @param signal a store that hangs would hang the catalog as well: aborting ends the waiting
   * @throws EarshotError
   */
  async compose(
    request: FastifyRequest,
    id: string,
    { fields, filename, input }: Submission,
    signal?: AbortSignal,
  ): Promise<NewJob> {
    const { owner } = request.caller;
    const asked = this.fields.parse(fields);
    const model = await this.findModel(asked.model, signal);
    if (asked.webhook) await this.requireWebhook(asked.webhook, signal);
    const given = 'sha256' in input ? input : await this.locate(input, owner, id);
    return toNewJob({ id, owner, fields: asked, model, filename, input: given, requestId: request.id });
  }

  /** Refuses what is wrong before any byte of the file is read, which is the whole body: the address has all fields. */
  async requireAddress(fields: readonly Field[], signal: AbortSignal): Promise<void> {
    const isModelGiven = fields.some(([name]) => name === 'model');
    if (!isModelGiven)
      throw invalidRequest(
        this.faultsIn(fields).map((fault) => (fault.pointer === '/model' ? modelNotInAddress : fault)),
      );
    await this.findModel(this.fields.parse(fields).model, signal);
  }

  /** What is wrong with the fields of a job. */
  faultsIn(fields: readonly Field[]): RequestFault[] {
    return this.fields.faultsIn(fields);
  }

  /** Refuses a model that does not exist before the file is read, where its name comes first. */
  async requireModelIn(fields: readonly Field[], signal: AbortSignal): Promise<void> {
    const model = fields.find(([name]) => name === 'model');
    if (model !== undefined) await this.findModel(model[1], signal);
  }

  private async locate(input: NamedInput, owner: string, jobId: string): Promise<GivenInput> {
    if ('upload' in input) return { url: null, bytes: await this.parts.uploads.adopt(owner, input.upload, jobId) };
    const allowed = await requireAllowedAddress(input.url, this.parts.egressAllow);
    return { url: allowed.url.href, bytes: null };
  }

  private async requireWebhook({ url }: OwnWebhook, signal?: AbortSignal): Promise<void> {
    const allowed = requireAllowedAddress(url, this.parts.egressAllow);
    await (signal ? Promise.race([allowed, rejectOnAbort(signal)]) : allowed);
  }

  private findModel(reference: string, signal?: AbortSignal): Promise<ModelRecord> {
    const found = this.parts.catalog.require(reference);
    return signal ? Promise.race([found, rejectOnAbort(signal)]) : found;
  }
}
