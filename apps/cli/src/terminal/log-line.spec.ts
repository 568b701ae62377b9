import { describe, expect, it } from '@jest/globals';
import { toLogLine } from './log-line.js';

const plain = (_style: string, text: string) => text;
const time = new Date(2026, 0, 2, 3, 4, 5).getTime();

describe('a line of the log', () => {
  it.each([
    [
      'an entry with fields',
      { level: 30, time, pid: 7, app: 'api', msg: 'took', job: 'job_1', ms: 3 },
      '03:04:05  api     took  job=job_1 ms=3',
    ],
    ['a warning', { level: 40, time, msg: 'slow' }, '03:04:05  api     warning: slow'],
    ['an error', { level: 50, time, msg: 'broke' }, '03:04:05  api     error: broke'],
    [
      'a level by name',
      { level: 'error', time: new Date(time).toISOString(), msg: 'broke' },
      '03:04:05  api     error: broke',
    ],
  ])('shows %s on one line', (_what, entry, line) => {
    expect(toLogLine('api', JSON.stringify(entry), plain)).toBe(line);
  });

  it('ends with its message when it has no fields', () => {
    const marked = (_style: string, text: string) => `<${text}>`;
    expect(toLogLine('api', JSON.stringify({ level: 30, time, msg: 'up' }), marked)).toBe('<03:04:05>  api     up');
  });

  it('shows the stack of an error below it', () => {
    const entry = { level: 50, time, msg: 'broke', error: 'Error: no', stack: 'Error: no\n    at x.ts:1' };
    const lines = '03:04:05  api     error: broke  error=Error: no\nError: no\n    at x.ts:1';
    expect(toLogLine('api', JSON.stringify(entry), plain)).toBe(lines);
  });

  it.each(['(node:1) Warning: old', '{"no":"log"}', '42'])('shows %s as it is', (text) => {
    expect(toLogLine('worker', text, plain)).toBe(`          worker  ${text}`);
  });
});
