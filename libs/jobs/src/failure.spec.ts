import { describe, expect, it } from '@jest/globals';
import { EarshotError } from './errors.js';
import { parseFailedReason, toFailedReason, toFailure } from './failure.js';

describe('a failed reason', () => {
  it('brings code and detail back, colons and line ends included', () => {
    const failure = { code: 'input_unreadable', detail: 'WAV: no data\nat byte 44: none' } as const;
    expect(parseFailedReason(toFailedReason(failure))).toEqual(failure);
  });

  it('of a job whose workers were lost too often is worker_lost', () => {
    expect(parseFailedReason('job stalled more than allowable limit').code).toBe('worker_lost');
  });

  it.each(['', 'no_such_code: x', 'TypeError: x is undefined'])(
    'that is not ours (%j) is internal_error, its words kept back',
    (reason) => {
      const failure = parseFailedReason(reason);
      expect(failure.code).toBe('internal_error');
      expect(failure.detail).not.toContain('undefined');
    },
  );
});

describe('a thrown value as a failure', () => {
  it('keeps the words of a coded error', () => {
    expect(toFailure(new EarshotError('job_timed_out', 'too long'))).toEqual({
      code: 'job_timed_out',
      detail: 'too long',
    });
  });

  it('tells a caller nothing of an unforeseen one', () => {
    expect(toFailure(new Error('password=hunter2')).detail).not.toContain('hunter2');
  });
});
