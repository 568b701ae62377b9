import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const pollMs = 200;

/**
 * Runs `work` while no other process on this machine does so under the same lock file. What a dead process left locked
 * is taken over.
 */
export async function withLockFile(path, work) {
  await mkdir(dirname(path), { recursive: true });
  for (let waited = 0; !(await tryLock(path)); waited += pollMs) {
    if (waited === 1000) process.stderr.write('Another set-up is under way: waiting for it ...\n');
    await delay(pollMs);
  }
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}

async function tryLock(path) {
  try {
    await writeFile(path, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    const owner = Number(await readFile(path, 'utf8').catch(() => ''));
    // Empty between its creation and its first byte: then it is somebody's, and young.
    if (owner > 0 && !isAlive(owner)) await rm(path, { force: true });
    return false;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
