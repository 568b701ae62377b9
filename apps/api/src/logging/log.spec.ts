import { describe, expect, it } from '@jest/globals';
import { createLog } from './create-log.js';
import { toErrorFields } from './error-fields.js';
import { NestLog } from './nest-log.js';
import { requestIdOf } from './request-id.js';

describe('the log', () => {
  it('is one JSON object a line, Nest’s words among them', () => {
    const lines: string[] = [];
    const log = new NestLog(createLog('warn', { write: (line) => void lines.push(line) }));
    log.log('Nest application successfully started', 'NestApplication');
    log.error('it broke', 'a stack', 'ExceptionsHandler');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      expect.objectContaining({ app: 'api', level: 50, context: 'ExceptionsHandler', msg: 'it broke' }),
    ]);
  });

  it('leaves out what errors carry besides their words, such as a failed AUTH with its password', () => {
    const cause = Object.assign(new Error('WRONGPASS'), { command: { name: 'auth', args: ['hunter2'] } });
    const fields = toErrorFields(new Error('no connection', { cause }));
    expect(fields).toMatchObject({ error: 'Error: no connection', cause: 'Error: WRONGPASS' });
    expect(JSON.stringify(fields)).not.toContain('hunter2');
  });
});

describe('requestIdOf', () => {
  it('takes an id that is safe to repeat', () => {
    expect(requestIdOf({ headers: { 'x-request-id': 'trace-1.a_B' } })).toBe('trace-1.a_B');
  });

  it.each(['', 'a b', 'a\nb', '{"a":1}', 'x'.repeat(101)])('makes its own in place of %j', (given) => {
    expect(requestIdOf({ headers: { 'x-request-id': given } })).toMatch(/^[0-9a-f-]{36}$/);
  });
});
