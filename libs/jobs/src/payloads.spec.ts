import { describe, expect, it } from '@jest/globals';
import { parsePayload, type InferPayload } from './payloads.js';
import type { NewJobEntry } from './submit-job.js';

const payload: InferPayload = {
  owner: 'local',
  model: { name: 'fan-fault', version: '1.0.0', digest: 'sha256:0' },
  groupLimit: 16,
  input: { filename: 'fan.wav', contentType: 'audio/wav', bytes: 5, sha256: 'a'.repeat(64) },
  metadata: { fan: 7 },
  timeoutMs: 1000,
  expiresAt: null,
  requestId: 'r1',
};

describe('a payload out of Redis', () => {
  it('comes out as it went in', () => {
    expect(parsePayload('infer', JSON.parse(JSON.stringify(payload)))).toEqual(payload);
  });

  it.each([
    ['null', null],
    ['a missing model', { ...payload, model: undefined }],
    ['a size that is no number', { ...payload, input: { ...payload.input, bytes: '5' } }],
    ['an owner that is a path', { ...payload, owner: '../local' }],
  ])('is refused with %s', (_what, data) => expect(() => parsePayload('infer', data)).toThrow());
});

describe('a payload at compile time', () => {
  it('must be the one that a job promises', () => {
    const wrongs = (job: NewJobEntry): NewJobEntry[] => [
      // @ts-expect-error an infer job carries a model and an input
      { ...job, payload: { owner: 'local' } },
    ];
    expect(wrongs).toBeInstanceOf(Function); // That the lines above do not compile is what is promised here.
  });
});
