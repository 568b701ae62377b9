import { describe, expect, it } from '@jest/globals';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withFolder } from '../../test/with-folder.js';
import type { BenchTools } from '../benchmark.js';
import { measureLibrosa } from './librosa.js';

const never = new AbortController().signal;
const figures = { version: '0.11.0', decodeMs: 1, resampleMs: 2, mfccMs: 3, allMs: 6 };

/** Has a shell script measured in Python's place; null names none. */
function measure(script: string | null): ReturnType<typeof measureLibrosa> {
  return withFolder(async (folder) => {
    const python = join(folder, 'python');
    await writeFile(python, `#!/bin/sh\n${script ?? ''}\n`);
    await chmod(python, 0o700);
    const tools: BenchTools = {
      root: folder,
      folder,
      env: { ...process.env, PEER_PYTHON: script === null ? '' : python },
      interruption: { requested: never, forced: never },
      print: () => undefined,
    };
    return measureLibrosa(new Uint8Array([1, 2, 3]), 30, tools);
  });
}

describe("librosa's figures", () => {
  it('are what its script prints, given the recording and the number of runs, in one thread', async () => {
    const check = `[ "$(wc -c < "$2")" = 3 ] && [ "$3" = 30 ] && [ "$OMP_NUM_THREADS" = 1 ]`;
    expect(await measure(`${check} && echo '${JSON.stringify(figures)}'`)).toEqual(figures);
  });

  it('are left out where no Python is named, or it has no librosa', async () => {
    expect(await measure(null)).toBeUndefined();
    expect(await measure('exit 0')).toBeUndefined();
  });

  it.each([
    ['prints something else', `echo '{ "allMs": 1 }'`],
    ['fails', 'exit 1'],
  ])('are refused from a Python that %s', async (_what, script) => {
    await expect(measure(script)).rejects.toThrow('librosa was not measured by PEER_PYTHON');
  });
});
