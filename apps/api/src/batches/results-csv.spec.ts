import { Readable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import type { ResultLine } from '#jobs';
import { toCsv } from './results-csv.js';

const line: ResultLine = {
  ...{ path: 'a.wav', status: 'succeeded', label: 'ok', score: 0.5, error: null },
  ...{ sha256: '', bytes: 5, job: 'job_1' },
};

async function csvOf(...lines: ResultLine[]): Promise<string[]> {
  const chunks = await toCsv(Readable.from(lines.map((it) => `${JSON.stringify(it)}\n`))).toArray();
  return chunks.join('').split('\r\n');
}

describe('toCsv', () => {
  it('has a head, a row a file, and empty cells for what there is not', async () => {
    const failed: ResultLine = {
      ...line,
      ...{ status: 'failed', label: null, score: null, job: null },
      error: { code: 'empty_input', detail: 'It has no bytes.' },
    };
    expect(await csvOf(line, failed)).toEqual([
      'path,status,label,score,error,detail,job',
      'a.wav,succeeded,ok,0.5,,,job_1',
      'a.wav,failed,,,empty_input,It has no bytes.,',
      '',
    ]);
  });

  it('quotes commas, quotes and line breaks', async () => {
    const [, row] = await csvOf({ ...line, path: 'a, "b".wav' });
    expect(row).toBe('"a, ""b"".wav",succeeded,ok,0.5,,,job_1');
  });

  it('has the head alone for no file', async () => {
    expect(await csvOf()).toHaveLength(2);
  });
});
