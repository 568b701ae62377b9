import { describe, expect, it } from '@jest/globals';
import { EarshotError } from '#jobs';
import { parseJsonSubmission } from './parse-json-submission.js';

function faultsOf(body: unknown): unknown {
  try {
    return parseJsonSubmission(body);
  } catch (error) {
    if (error instanceof EarshotError) return error.faults.map(({ pointer }) => pointer);
    throw error;
  }
}

describe('parseJsonSubmission', () => {
  it('reads the fields as a form would have them', () => {
    const body = { model: 'fan', metadata: { line: 7 }, priority: 9, timeout: 1.5, input: { url: 'http://a/b.wav' } };
    expect(parseJsonSubmission(body).fields).toEqual([
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
    expect(parseJsonSubmission({ input: { url, filename } })).toMatchObject({ input: { url }, filename: expected });
  });

  it('points at what is wrong with the input', () => {
    expect(faultsOf({})).toEqual(['/input']);
    expect(faultsOf({ input: 'http://a/b.wav' })).toEqual(['/input']);
    expect(faultsOf({ input: {} })).toEqual(['/input']);
    expect(faultsOf({ input: { url: 'http://a/', upload: 'upload_1' } })).toEqual(['/input']);
    expect(faultsOf({ input: { url: 1 } })).toEqual(['/input/url']);
    expect(faultsOf({ input: { url: 'a'.repeat(2049) } })).toEqual(['/input/url']);
    expect(faultsOf({ input: { url: 'http://a/', filename: 1 } })).toEqual(['/input/filename']);
    expect(faultsOf({ input: { url: 'http://a/', method: 'POST' } })).toEqual(['/input/method']);
  });

  it.each([[null], [[]], ['text'], [1]])('refuses %j for a body', (body) => {
    expect(faultsOf(body)).toEqual([]);
  });
});
