import { expect, it } from '@jest/globals';
import { readLines } from './lines.js';

async function linesOf(...pieces: (string | Uint8Array)[]): Promise<string[]> {
  const encoder = new TextEncoder();
  const bytes = pieces.map((piece) => (typeof piece === 'string' ? encoder.encode(piece) : piece));
  const lines: string[] = [];
  for await (const line of readLines(ReadableStream.from(bytes))) lines.push(line);
  return lines;
}

it('lines are whole, wherever the pieces end', async () => {
  const text = new TextEncoder().encode('a\nbä\r\n\nc');
  for (let at = 0; at <= text.length; at++)
    expect(await linesOf(text.subarray(0, at), text.subarray(at))).toEqual(['a', 'bä', '', 'c']);
  expect(await linesOf('a\n')).toEqual(['a']);
  expect(await linesOf()).toEqual([]);
});
