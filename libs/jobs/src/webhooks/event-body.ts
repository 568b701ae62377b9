import type { JobRecord, JobResult } from '../job-record.js';
import { toJobView } from '../job-view.js';
import type { EventBody, EventHead, EventJob, JobEventType } from './event-schemas.js';

type EventResult = NonNullable<EventJob['result']>;

/** A body has fewer bytes than this. */
export const mostBodyBytes = 20 * 1024;

const shownScores = 5;
const shownValues = 16;
const shownCharacters = 200;

/** Each leaves out more than the one before; none of a result that is looked for first: label, score, anomaly. */
const reductions: readonly ((job: EventJob) => EventJob)[] = [
  (job) => job,
  (job) => reduceResult(job, { windowScores: undefined, tensor: undefined, labels: undefined }),
  (job) => reduceResult(job, { provenance: undefined }),
  (job) => ({ ...job, metadata: {} }),
  (job) => reduceResult(job, { scores: [], label: job.result?.label?.slice(0, shownCharacters) ?? null }),
  ({ id, status, batch, links }) => ({ id, status, batch, links, truncated: true }),
];

/** The body of a job's event. What it takes to fit is left out of the job, which then has `truncated`. */
export function jobEventBody(event: EventHead<JobEventType>, record: JobRecord): string {
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
  const { segments, ...shown } = result;
  const { labels, scores, windowScores, tensor } = shown;
  const cut: EventResult = {
    ...shown,
    labels: labels && bestOf(labels),
    scores: bestOf(scores),
    windowScores: windowScores?.slice(0, shownValues),
    tensor: tensor && { ...tensor, values: tensor.values.slice(0, shownValues) },
  };
  const isCut =
    segments.length > 0 ||
    Math.max(scores.length, labels?.length ?? 0) > shownScores ||
    Math.max(windowScores?.length ?? 0, tensor?.values.length ?? 0) > shownValues;
  return { ...view, result: cut, truncated: view.truncated || isCut };
}

function bestOf(scores: JobResult['scores']): JobResult['scores'] {
  return scores.length <= shownScores ? scores : scores.toSorted((a, b) => b.score - a.score).slice(0, shownScores);
}

function reduceResult(job: EventJob, change: Partial<EventResult>): EventJob {
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
