import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installDependencies } from './dependencies.mjs';
import { withLockFile } from './exclusive.mjs';
import { requireNode } from './node-version.mjs';
import { installRedisServer } from './redis-server.mjs';
import { runStep } from './run-step.mjs';
import { SetUpError } from './set-up-error.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));

/**
 * Brings a checkout to where Earshot runs: dependencies, redis-server, build. Does only what is missing, prints nothing
 * when that is nothing, and needs nothing but Node.
 *
 * @param redisServer whether redis-server is needed: not by `npm start` with a Redis elsewhere; by demo and tests always
 * @returns whether it worked; if not, it has said on stderr what is wrong and what to type
 */
export async function setUp({ redisServer = true } = {}) {
  try {
    const { engines } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
    requireNode(process.versions.node, engines.node);
    await withLockFile(join(root, '.cache', 'set-up.lock'), async () => {
      await installDependencies(root);
      if (redisServer) await installRedisServer(root);
      await runStep('Building', [process.execPath, 'scripts/build.mjs'], { cwd: root });
    });
    return true;
  } catch (error) {
    if (!(error instanceof SetUpError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return false;
  }
}
