import { describe, expect, it } from '@jest/globals';
import { parseOpenBatchRequest } from './open-batch.request.js';

describe('parseOpenBatchRequest', () => {
  it('takes a timeout of a millisecond and no less: a job cannot run for no time', () => {
    expect(parseOpenBatchRequest({ model: 'demo', timeout: 0.001 }, 300).timeout).toBe(0.001);
    expect(() => parseOpenBatchRequest({ model: 'demo', timeout: 0.0004 }, 300)).toThrow('/timeout');
  });
});
