import type { JobRecord, JobResult } from '../job-record.js';
import { toJobView, type JobView } from '../job-view.js';

/** A body has fewer bytes than this. */
export const mostBodyBytes = 20 * 1024;

const shownScores = 5;
const shownValues = 16;
const shownCharacters = 200;

/** What a webhook receives. */
export interface EventBody {
  type: string;
  /** When it happened, in ISO 8601. */
  timestamp: string;
  /** Counts the events of one job or batch, from 1. */
  sequence: number;
  data: unknown;
}

/** A job in an event: without segments, and with at most 5 scores. */
export type EventJob = Partial<Omit<JobView, 'result'>> & { result?: Partial<JobResult> | null };

/** Each leaves out more than the one before; none of a result that is looked for first: label, score, anomaly. */
const reductions: readonly ((job: EventJob) => EventJob)[] = [
  (job) => job,
  (job) => reduceResult(job, { windowScores: undefined, tensor: undefined, labels: undefined }),
  (job) => reduceResult(job, { provenance: undefined }),
  (job) => ({ ...job, metadata: {} }),
  (job) => reduceResult(job, { scores: [], label: job.result?.label?.slice(0, shownCharacters) ?? null }),
  ({ id, status, batch, links }) => ({ id, status, batch, links }),
];

/** The body of a job's event. What it takes to fit is left out of the job, which then has `truncated`. */
export function jobEventBody(event: Omit<EventBody, 'data'>, record: JobRecord): string {
  let job = toEventJob(record);
  for (const reduce of reductions) {
    const reduced = reduce(job);
    job = reduced === job ? job : { ...reduced, truncated: true };
    const body = toBody({ ...event, data: job });
    if (Buffer.byteLength(body) < mostBodyBytes) return body;
  }
  throw new Error(`the event of ${record.id} does not fit`);
}

/** The body of any event, in the order in which receivers read it. */
export function toBody({ type, timestamp, sequence, data }: EventBody): string {
  return JSON.stringify({ type, timestamp, sequence, data });
}

function toEventJob(record: JobRecord): EventJob {
  const view = toJobView(record);
  const { result } = view;
  if (result === null) return view;
  const { labels, scores, windowScores, tensor, segments } = result;
  const cut: Partial<JobResult> = {
    ...result,
    labels: labels && bestOf(labels),
    scores: bestOf(scores),
    windowScores: windowScores?.slice(0, shownValues),
    tensor: tensor && { ...tensor, values: tensor.values.slice(0, shownValues) },
  };
  delete cut.segments;
  const isCut =
    segments.length > 0 ||
    Math.max(scores.length, labels?.length ?? 0) > shownScores ||
    Math.max(windowScores?.length ?? 0, tensor?.values.length ?? 0) > shownValues;
  return { ...view, result: cut, truncated: view.truncated || isCut };
}

function bestOf(scores: JobResult['scores']): JobResult['scores'] {
  return scores.length <= shownScores ? scores : scores.toSorted((a, b) => b.score - a.score).slice(0, shownScores);
}

function reduceResult(job: EventJob, change: { [Field in keyof JobResult]?: JobResult[Field] | undefined }): EventJob {
  return job.result ? { ...job, result: { ...job.result, ...change } } : { ...job };
}

/** The job as it was when it began for the n-th time, whatever has become of it since. */
export function toBegunRecord(record: JobRecord, { attempts, run }: Pick<JobRecord, 'attempts' | 'run'>): JobRecord {
  const { timings } = record;
  return {
    ...record,
    status: 'running',
    result: null,
    error: null,
    run,
    attempts,
    progress: 0,
    queuePosition: null,
    estimatedStartAt: null,
    timings: { ...timings, finishedAt: null, decodeMs: null, featuresMs: null, inferenceMs: null, totalMs: null },
    truncated: false,
    resultKey: null,
  };
}
