import { describe, expect, it } from '@jest/globals';
import type { JobRecord, JobResult } from '../job-record.js';
import { jobEventBody, mostBodyBytes, toBegunRecord } from './event-body.js';
import { eventSchemas } from './event-schemas.js';

const event = { type: 'job.succeeded' as const, timestamp: '2026-01-01T00:00:00.000Z', sequence: 2 };
const many = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));

function resultOf(changes: Partial<JobResult> = {}): JobResult {
  const made = {
    inputSha256: '',
    modelName: 'm',
    modelVersion: '1',
    modelDigest: '',
    features: {},
    engine: '',
    worker: '',
  };
  return { label: 'a', score: 0.9, scores: [{ label: 'a', score: 0.9 }], segments: [], provenance: made, ...changes };
}

function recordOf(result: JobResult | null, changes: Partial<JobRecord> = {}): JobRecord {
  const now = '2026-01-01T00:00:00.000Z';
  return {
    id: 'job_01KAGQ2W6Y3V8Z5N4M7T9R1XBC',
    owner: 'acme',
    status: 'succeeded',
    run: 1,
    model: { name: 'm', version: '1', digest: '' },
    input: { filename: 'a.wav', contentType: 'audio/wav', bytes: 5, sha256: '' },
    result,
    error: null,
    attempts: 1,
    progress: 1,
    queuePosition: null,
    estimatedStartAt: null,
    batch: null,
    metadata: { line: 7 },
    timings: {
      ...{ createdAt: now, startedAt: now, finishedAt: now, queueMs: 1, totalMs: 2 },
      ...{ decodeMs: 1, featuresMs: 1, inferenceMs: 1 },
    },
    truncated: false,
    resultKey: 'results/x',
    ...changes,
  };
}

interface Body {
  data: { [field: string]: unknown; result: { [field: string]: unknown } };
}
const bodyOf = (record: JobRecord): Body => JSON.parse(jobEventBody(event, record)) as Body;

describe('the body of an event', () => {
  it('is the job as callers see it, without segments, and without what is only ours', () => {
    const { data, ...rest } = bodyOf(recordOf(resultOf()));
    expect(rest).toEqual(event);
    expect(data).toMatchObject({ id: 'job_01KAGQ2W6Y3V8Z5N4M7T9R1XBC', metadata: { line: 7 }, truncated: false });
    expect(data.result).toMatchObject({ label: 'a', score: 0.9, scores: [{ label: 'a', score: 0.9 }] });
    for (const hidden of ['owner', 'run', 'resultKey']) expect(data).not.toHaveProperty(hidden);
    expect(data.result).not.toHaveProperty('segments');
  });

  it('has the five best scores, and says that there are more', () => {
    const scores = many(20, (i) => ({ label: `l${i}`, score: i / 20 }));
    const { data } = bodyOf(recordOf(resultOf({ scores })));
    expect(data.truncated).toBe(true);
    expect((data.result['scores'] as { label: string }[]).map(({ label }) => label)).toEqual([
      'l19',
      'l18',
      'l17',
      'l16',
      'l15',
    ]);
  });

  it('says so where segments are left out', () => {
    const segments = [{ start: 0, end: 1, label: 'a', score: 1 }];
    expect(bodyOf(recordOf(resultOf({ segments }))).data.truncated).toBe(true);
  });

  it.each<[string, JobRecord]>([
    ['labels', recordOf(resultOf({ label: 'x'.repeat(30_000), scores: [{ label: 'x'.repeat(30_000), score: 1 }] }))],
    ['metadata', recordOf(resultOf(), { metadata: { text: '\u0001'.repeat(4000) } })],
    [
      'provenance',
      recordOf(resultOf({ provenance: { ...resultOf().provenance, features: { a: 'x'.repeat(30_000) } } })),
    ],
    ['an error', recordOf(null, { status: 'failed', error: { code: 'c', title: 't', detail: '\u0001'.repeat(5000) } })],
    ['a name', recordOf(resultOf(), { model: { name: '✓'.repeat(9000), version: '1', digest: '' } })],
  ])('fits, however large %s are, and still says which job has ended and how', (_what, record) => {
    const text = jobEventBody(event, record);
    expect(Buffer.byteLength(text)).toBeLessThan(mostBodyBytes);
    const { data } = JSON.parse(text) as Body;
    expect(data).toMatchObject({ id: record.id, status: record.status, truncated: true });
    expect(eventSchemas['job.succeeded'].safeParse(JSON.parse(text)).error).toBeUndefined();
  });
});

describe('a job as it was when it began', () => {
  it('has neither an end nor a result', () => {
    const begun = toBegunRecord(recordOf(resultOf(), { attempts: 3, run: 2 }), { attempts: 2, run: 1 });
    expect(begun).toMatchObject({ status: 'running', attempts: 2, run: 1, result: null, error: null, progress: 0 });
    expect(begun.timings).toMatchObject({ startedAt: '2026-01-01T00:00:00.000Z', finishedAt: null, totalMs: null });
  });
});
