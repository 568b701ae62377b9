import { describe, expect, it } from '@jest/globals';
import { EarshotError } from '#jobs';
import { parseJsonSubmission } from './parse-json-submission.js';
import { submitJobParser } from './submit-job.request.js';

const { faultsIn } = submitJobParser(300);
const parse = (body: object) => parseJsonSubmission({ model: 'fan', ...body }, faultsIn);

function faultsOf(body: unknown): unknown {
  try {
    return parseJsonSubmission(body, faultsIn);
  } catch (error) {
    if (error instanceof EarshotError) return error.faults.map(({ pointer }) => pointer);
    throw error;
  }
}

describe('parseJsonSubmission', () => {
  it('reads the fields as a form would have them', () => {
    const body = { model: 'fan', metadata: { line: 7 }, priority: 9, timeout: 1.5, input: { url: 'http://a/b.wav' } };
    expect(parseJsonSubmission(body, faultsIn).fields).toEqual([
      ['model', 'fan'],
      ['metadata', '{"line":7}'],
      ['priority', '9'],
      ['timeout', '1.5'],
    ]);
  });

  it.each([
    ['http://a/b/fan%201.wav?x=1#y', undefined, 'fan 1.wav'],
    ['http://a/%zz.wav', undefined, '%zz.wav'],
    ['http://a/', undefined, null],
    ['no address', undefined, null],
    ['http://a/b.wav', '../c.wav', 'c.wav'],
  ])('names the input of %s', (url, filename, expected) => {
    expect(parse({ input: { url, filename } })).toMatchObject({ input: { url }, filename: expected });
  });

  it('points at what is wrong with the input', () => {
    expect(faultsOf({ model: 'fan' })).toEqual(['/input']);
    expect(faultsOf({ model: 'fan', input: 'http://a/b.wav' })).toEqual(['/input']);
    expect(faultsOf({ model: 'fan', input: {} })).toEqual(['/input']);
    expect(faultsOf({ model: 'fan', input: { url: 'http://a/', upload: 'upload_1' } })).toEqual(['/input']);
    expect(faultsOf({ model: 'fan', input: { url: 1 } })).toEqual(['/input/url']);
    expect(faultsOf({ model: 'fan', input: { url: 'a'.repeat(2049) } })).toEqual(['/input/url']);
    expect(faultsOf({ model: 'fan', input: { url: 'http://a/', filename: 1 } })).toEqual(['/input/filename']);
    expect(faultsOf({ model: 'fan', input: { url: 'http://a/', method: 'POST' } })).toEqual(['/input/method']);
  });

  it('points at all that is wrong', () => {
    expect(faultsOf({})).toEqual(['/model', '/input']);
    expect(faultsOf({ model: 7, input: { url: 'http://a/' } })).toEqual(['/model']);
    expect(faultsOf({ model: 1, priority: '5', colour: 'red', input: 'x' })).toEqual([
      '/priority',
      '/colour',
      '/model',
      '/input',
    ]);
  });

  it.each([[null], [[]], ['text'], [1]])('refuses %j for a body', (body) => {
    expect(faultsOf(body)).toEqual([]);
  });
});
