import type { JobView } from '#jobs';

const id = 'job_01KAGQ2W6Y3V8Z5N4M7T9R1XBC';
const sha256 = 'b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c';
const digest = `sha256:${sha256}`;

/** A job that waits. */
export const queuedJob: JobView = {
  id,
  status: 'queued',
  model: { name: 'fan-fault', version: '1.0.0', digest },
  input: { filename: 'fan.wav', contentType: 'audio/wav', bytes: 2_560_080, sha256 },
  result: null,
  error: null,
  attempts: 0,
  progress: 0,
  queuePosition: 3,
  estimatedStartAt: '2026-11-21T18:00:01.250Z',
  batch: null,
  metadata: { line: 7 },
  timings: {
    ...{ createdAt: '2026-11-21T18:00:00.000Z', startedAt: null, finishedAt: null },
    ...{ queueMs: null, decodeMs: null, featuresMs: null, inferenceMs: null, totalMs: null },
  },
  truncated: false,
  links: {
    self: `/jobs/${id}`,
    events: `/jobs/${id}/events`,
    cancel: `/jobs/${id}/cancel`,
    input: `/jobs/${id}/input`,
    result: `/jobs/${id}/result`,
  },
};

export const exampleResult: NonNullable<JobView['result']> = {
  label: 'Component is imbalanced',
  score: 0.999,
  anomaly: true,
  scores: [
    { label: 'Component OK', score: 0.0005 },
    { label: 'Component is imbalanced', score: 0.999 },
  ],
  segments: [{ start: 0, end: 10, label: 'Component is imbalanced', score: 0.999 }],
  provenance: {
    ...{ inputSha256: sha256, modelName: 'fan-fault', modelVersion: '1.0.0', modelDigest: digest },
    features: { kind: 'mfcc', coefficients: 40 },
    ...{ engine: 'onnxruntime-node 1.30.0 cpu', worker: '0.1.0' },
  },
};

/** The same job, done. */
export const succeededJob: JobView = {
  ...queuedJob,
  ...{ status: 'succeeded', attempts: 1, progress: 1, queuePosition: null, estimatedStartAt: null },
  result: exampleResult,
  timings: {
    ...{ createdAt: '2026-11-21T18:00:00.000Z', startedAt: '2026-11-21T18:00:00.003Z' },
    finishedAt: '2026-11-21T18:00:00.021Z',
    ...{ queueMs: 3, decodeMs: 4, featuresMs: 9, inferenceMs: 1, totalMs: 21 },
  },
};

/** The same job, canceled. */
export const canceledJob: JobView = {
  ...queuedJob,
  ...{ status: 'canceled', progress: 1, queuePosition: null, estimatedStartAt: null },
  error: { code: 'job_canceled', title: 'The job was canceled', detail: 'It was canceled before it ended.' },
  timings: { ...queuedJob.timings, finishedAt: '2026-11-21T18:00:00.500Z', totalMs: 500 },
};
