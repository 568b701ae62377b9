import { execFile } from 'node:child_process';
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

describe('npm run models:parity', () => {
  (hasReferenceData ? it : it.skip)(
    'finds at least 95 of a hundred goldens of the reference data within tolerance',
    async () => {
      const { code, output } = await run(referenceData());
      const [, within, all] = /(\d+) of (\d+) goldens within tolerance/.exec(output) ?? [];
      expect(Number(all)).toBeGreaterThanOrEqual(190);
      expect(Number(within) / Number(all)).toBeGreaterThanOrEqual(0.95);
      expect(output).not.toContain('FAILED');
      expect(code).toBe(0);
    },
  );

  it('says that a folder is missing', async () => {
    const { code, output } = await run('/no/such/folder');
    expect(code).toBe(2);
    expect(output).toContain('there is no folder /no/such/folder');
  });
});
