import { describe, expect, it } from '@jest/globals';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withFolder } from '../../test/with-folder.js';
import type { BenchTools } from '../benchmark.js';
import { measurePeer } from './peer-features.js';

const never = new AbortController().signal;

/** Has a script measured that Node runs in Python's place. */
function measure(script: string, env: NodeJS.ProcessEnv = {}): ReturnType<typeof measurePeer> {
  return withFolder(async (folder) => {
    const path = join(folder, 'peer.mjs');
    await writeFile(path, script);
    const tools: BenchTools = {
      root: folder,
      folder,
      env: { PEER_PYTHON: process.execPath, PEER_FEATURES: path, ...env },
      interruption: { requested: never, forced: never },
      print: () => undefined,
    };
    return measurePeer(new Uint8Array([1, 2, 3]), 30, tools);
  });
}

describe("a peer's features", () => {
  it('are what its script prints, given the recording and the number of runs', async () => {
    const script = `
      import { statSync } from 'node:fs';
      const [, , path, runs] = process.argv;
      console.log(JSON.stringify({ all_ms: 2.5, bytes: statSync(path).size, runs }));`;
    expect(await measure(script)).toEqual({ all_ms: 2.5, bytes: 3, runs: '30' });
  });

  it('are not measured where no peer is named', async () => {
    expect(await measure('', { PEER_PYTHON: '', PEER_FEATURES: '' })).toBeUndefined();
  });

  it.each([
    ['says nothing', ''],
    ['has no figure to compare with', 'console.log("{}")'],
    ['fails', 'console.log(JSON.stringify({ all_ms: 1 })); process.exitCode = 1'],
  ])('are refused from a script that %s', async (_what, script) => {
    await expect(measure(script)).rejects.toThrow('PEER_FEATURES did not print its figures as JSON');
  });

  it('need both an interpreter and a script', async () => {
    await expect(measure('', { PEER_PYTHON: '' })).rejects.toThrow('PEER_PYTHON and PEER_FEATURES are needed both');
  });
});
