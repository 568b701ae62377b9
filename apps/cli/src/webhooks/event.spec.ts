import { describe, expect, it } from '@jest/globals';
import { eventWords, parseEvent } from './event.js';

const timestamp = '2026-11-21T18:00:00.000Z';
const received = Date.parse(timestamp) + 34;
const words = (type: string, data: object) =>
  eventWords(parseEvent(Buffer.from(JSON.stringify({ type, timestamp, sequence: 1, data })))!, received);

describe('an event', () => {
  it.each([
    ['job.running', { id: 'job_1', result: null, error: null }, 'job.running     job_1  34 ms after it'],
    [
      'job.succeeded',
      { id: 'job_1', result: { label: 'seven\x1b[2J', score: 0.998 } },
      'job.succeeded   job_1  seven\ufffd[2J 0.998  34 ms after it',
    ],
    [
      'job.failed',
      { id: 'job_1', error: { code: 'input_corrupt', detail: 'It ends early.' } },
      'job.failed      job_1  input_corrupt: It ends early.  34 ms after it',
    ],
    [
      'batch.finished',
      { id: 'batch_1', counts: { total: 3, queued: 0, succeeded: 2, failed: 1 } },
      'batch.finished  batch_1  2 succeeded, 1 failed  34 ms after it',
    ],
    ['webhook.test', {}, 'webhook.test    34 ms after it'],
  ])('%s is one line', (type, data, line) => {
    expect(words(type, data)).toBe(line);
  });

  it.each(['', 'null', '{"type": "job.failed"}', '{"type": "x", "timestamp": "now", "data": {}}'])(
    'is not %p',
    (text) => {
      expect(parseEvent(Buffer.from(text))).toBeNull();
    },
  );
});
