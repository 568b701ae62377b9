import { describe, expect, it } from '@jest/globals';
import { BadRequestException, HttpException } from '@nestjs/common';
import { EarshotError, errorTable, StoreUnavailableError, type ErrorCode } from '#jobs';
import { problemHeaders, toProblem } from './problem.js';
import { toEarshotError } from './to-earshot-error.js';

describe('toProblem', () => {
  it.each(Object.keys(errorTable) as ErrorCode[])('%s keeps its status and title, and ends the type', (code) => {
    const problem = toProblem(new EarshotError(code, 'do this'), '/jobs');
    expect(problem).toEqual({
      type: `urn:earshot:error:${code}`,
      title: errorTable[code].title,
      status: errorTable[code].status,
      detail: 'do this',
      instance: '/jobs',
      code,
    });
  });

  it('lists the faults of a request', () => {
    const faults = [{ detail: 'must be given', pointer: 'model' }];
    expect(toProblem(new EarshotError('invalid_request', 'x', { faults }), '/jobs').errors).toEqual(faults);
  });

  it('asks to come back after an outage, and only then', () => {
    const headersOf = (code: ErrorCode) => problemHeaders(toProblem(new EarshotError(code, 'x'), '/'));
    expect(headersOf('queue_unavailable')['retry-after']).toBe('2');
    expect(headersOf('job_not_found')).not.toHaveProperty('retry-after');
  });
});

const named = (name: string, message: string) => Object.assign(new Error(message), { name });

describe('toEarshotError', () => {
  it.each<[string, unknown, ErrorCode]>([
    ['a coded error', new EarshotError('job_finished', 'x'), 'job_finished'],
    ['a store that does not answer', new StoreUnavailableError('disk'), 'store_unavailable'],
    ['a closed connection', new Error('Connection is closed.'), 'queue_unavailable'],
    ['no connection', new Error("Stream isn't writeable and enableOfflineQueue options is false"), 'queue_unavailable'],
    ['a Redis that hangs', new Error('Command timed out'), 'queue_unavailable'],
    ['a Redis that loads', named('ReplyError', 'LOADING Redis is loading'), 'queue_unavailable'],
    ['a Redis that is full', named('ReplyError', 'OOM command not allowed'), 'queue_unavailable'],
    [
      'a refused socket',
      Object.assign(new Error('x'), { code: 'ECONNREFUSED', syscall: 'connect' }),
      'queue_unavailable',
    ],
    ['a script that is wrong', named('ReplyError', 'ERR user_script'), 'internal_error'],
    ['a missing file', Object.assign(new Error('x'), { code: 'ENOENT', syscall: 'open' }), 'internal_error'],
    ['Nest’s refusal', new BadRequestException('bad'), 'invalid_request'],
    ['Fastify’s refusal', Object.assign(new Error('bad'), { statusCode: 415 }), 'invalid_request'],
    ['a path that is too long', Object.assign(new Error('bad'), { statusCode: 414 }), 'uri_too_long'],
    ['Nest’s own failure', new HttpException('x', 500), 'internal_error'],
    ['a programming error', new TypeError('x is undefined'), 'internal_error'],
    ['what is no error', 'text', 'internal_error'],
  ])('%s', (_name, error, code) => {
    expect(toEarshotError(error).code).toBe(code);
  });

  it.each<[unknown, string]>([
    [Object.assign(new Error('x'), { statusCode: 400, code: 'FST_ERR_BAD_URL' }), 'write %25'],
    [new HttpException('Unsupported Media Type', 415), 'names no media type'],
    [new BadRequestException('prototype'), 'compare it with docs/api.md'],
  ])('says in its own words what a library refuses (%#)', (error, words) => {
    expect(toEarshotError(error).message).toContain(words);
  });

  it('does not tell the caller what an unforeseen error says', () => {
    expect(toEarshotError(new Error('password=hunter2')).message).not.toContain('hunter2');
  });
});
