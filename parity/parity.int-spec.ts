import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from '@jest/globals';

import { hasReferenceData, referenceData } from '../test/reference-data.js';

const program = fileURLToPath(new URL('../dist/parity/main.js', import.meta.url));

function run(...args: string[]): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [program, ...args], { maxBuffer: 2 ** 24 }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, output: stdout + stderr });
    });
  });
}

/** The rows of the table of files, which has four columns. The digits of a difference depend on the processor. */
function rowsOf(markdown: string): string[][] {
  return markdown
    .split('\n')
    .map((line) => line.split(/\s*(?<!\\)\|\s*/).slice(1, -1))
    .filter(({ length }) => length === 4)
    .map((cells) => cells.map((cell) => cell.replace(/\d\.\de[+-]\d+/, 'x').replace(/^-+$/, '-')));
}

describe('npm run models:parity', () => {
  (hasReferenceData ? it : it.skip)(
    'finds at least 95 of a hundred goldens of the reference data within tolerance, as docs/parity.md has them',
    async () => {
      const { code, output } = await run(referenceData(), '--markdown');
      const [, within, all] = /(\d+) of (\d+) goldens within tolerance/.exec(output) ?? [];
      expect(Number(all)).toBeGreaterThanOrEqual(190);
      expect(Number(within) / Number(all)).toBeGreaterThanOrEqual(0.95);
      expect(output).not.toContain('FAILED');
      expect(code).toBe(0);
      expect(rowsOf(readFileSync('docs/parity.md', 'utf8'))).toEqual(rowsOf(output));
    },
  );

  it('says that a folder is missing', async () => {
    const { code, output } = await run('/no/such/folder');
    expect(code).toBe(2);
    expect(output).toContain('there is no folder /no/such/folder');
  });
});
