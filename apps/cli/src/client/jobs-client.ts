import { z } from 'zod';
import type { EarshotClient } from './earshot-client.js';
import { jobSchema } from './job.js';

const time = z.string().nullish();
const milliseconds = z.number().nullish();

/** All that is shown of a job; the rest of the answer is kept as it came, for `--json`. */
const knownJobSchema = jobSchema.extend({
  model: z.looseObject({ name: z.string(), version: z.string() }),
  input: z.looseObject({
    filename: z.string().nullish(),
    contentType: z.string().nullish(),
    bytes: z.number().nullish(),
    sha256: z.string().nullish(),
  }),
  result: jobSchema.shape.result
    .unwrap()
    .unwrap()
    .extend({ scores: z.array(z.looseObject({ label: z.string(), score: z.number() })).nullish() })
    .nullish(),
  attempts: z.number(),
  queuePosition: z.number().nullish(),
  estimatedStartAt: time,
  batch: z.string().nullish(),
  timings: jobSchema.shape.timings.extend({
    createdAt: z.string(),
    startedAt: time,
    finishedAt: time,
    totalMs: milliseconds,
  }),
});
export type KnownJob = z.infer<typeof knownJobSchema>;

const pageSchema = z.object({ jobs: z.array(knownJobSchema), nextCursor: z.string().nullable() });
const mostOfPage = 100;

/** Which jobs; without a field, those of every kind. */
export interface JobsFilter {
  /** Some, with commas between them. */
  status?: string | undefined;
  model?: string | undefined;
  batch?: string | undefined;
}

/** The jobs of one Earshot, over HTTP. Every method fails as EarshotClient's do. */
export class JobsClient {
  constructor(private readonly client: EarshotClient) {}

  /** The newest first, as many as `limit`, a page at a time as they are taken. */
  async *list({ status, model, batch }: JobsFilter, limit: number): AsyncGenerator<KnownJob> {
    const query = new URLSearchParams({ ...(status && { status }), ...(model && { model }), ...(batch && { batch }) });
    for (let left = limit; left > 0;) {
      query.set('limit', String(Math.min(left, mostOfPage)));
      const { jobs, nextCursor } = pageSchema.parse((await this.client.send(`jobs?${query.toString()}`)).body);
      yield* jobs;
      left -= jobs.length;
      if (nextCursor === null) return;
      query.set('cursor', nextCursor);
    }
  }

  async read(id: string): Promise<KnownJob> {
    return knownJobSchema.parse((await this.client.send(pathOf(id))).body);
  }

  /** @returns the job as it is then: a running one stops soon after */
  cancel(id: string): Promise<KnownJob> {
    return this.post(id, 'cancel');
  }

  retry(id: string): Promise<KnownJob> {
    return this.post(id, 'retry');
  }

  /** Takes away the job, its result and its input. */
  async remove(id: string): Promise<void> {
    await this.client.send(pathOf(id), { method: 'DELETE' });
  }

  /** The bytes of the whole result, JSON. */
  result(id: string): Promise<ReadableStream<Uint8Array>> {
    return this.client.stream(`${pathOf(id)}/result`);
  }

  private async post(id: string, act: string): Promise<KnownJob> {
    return knownJobSchema.parse((await this.client.send(`${pathOf(id)}/${act}`, { method: 'POST' })).body);
  }
}

function pathOf(id: string): string {
  return `jobs/${encodeURIComponent(id)}`;
}
