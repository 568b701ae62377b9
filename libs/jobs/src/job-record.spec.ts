import { describe, expect, it } from '@jest/globals';

import { resultSchema, toJobRecord, type JobResult } from './job-record.js';

const provenance = {
  ...{ inputSha256: '', modelName: 'small', modelVersion: '1.0.0', modelDigest: '', features: {} },
  ...{ engine: 'onnxruntime', worker: '0.1.0' },
};
const model = { name: 'small', version: '1.0.0', digest: 'sha256:0' };
const input = { filename: null, contentType: 'audio/wav', bytes: 1, sha256: '', key: 'inputs/local/job' };
const snapshot = {
  ...{
    id: 'job_1',
    label: 'cpu',
    status: 'succeeded',
    createdAt: 1,
    queuedAt: 1,
    begunAt: 2,
    finishedAt: 3,
    attempts: 1,
  },
  ...{ queuePosition: null, estimatedStartAt: null, failure: null, outcome: null },
  payload: { owner: 'local', model, input, metadata: {} },
} as unknown as Parameters<typeof toJobRecord>[0];

function shown(result: Partial<JobResult>) {
  const whole = { label: 'a', score: 1, scores: [], segments: [], provenance, ...result };
  const { result: part, truncated } = toJobRecord(snapshot, resultSchema.parse(whole));
  return { ...part, truncated };
}

const scores = Array.from({ length: 21 }, (_, i) => ({ label: `label ${i}`, score: i / 21 }));

describe('a job shows of its result', () => {
  it('all that is short', () => {
    const tensor = { shape: [2], values: [1, 2] };
    const result = { scores: scores.slice(0, 20), labels: scores.slice(0, 2), windowScores: [1, null], tensor };
    expect(shown(result)).toMatchObject({ ...result, truncated: false });
  });

  it('the twenty best scores and labels', () => {
    const best = scores.toReversed().slice(0, 20);
    expect(shown({ scores })).toMatchObject({ scores: best, truncated: true });
    expect(shown({ labels: scores })).toMatchObject({ labels: best, truncated: true });
  });

  it('the first hundred values', () => {
    const values = Array.from({ length: 101 }, (_, i) => i);
    const first = values.slice(0, 100);
    const tensor = { shape: [101], values };
    expect(shown({ tensor })).toMatchObject({ tensor: { shape: [101], values: first }, truncated: true });
    expect(shown({ windowScores: values })).toMatchObject({ windowScores: first, truncated: true });
  });

  it('that it has no label, where the network knows none', () => {
    expect(shown({ label: null, score: null })).toMatchObject({ label: null, score: null, truncated: false });
  });

  it('what was made of the network’s values', () => {
    const output = { task: 'classification', activation: 'softmax' };
    expect(shown({ provenance: { ...provenance, output } })).toMatchObject({ provenance: { output } });
  });
});
