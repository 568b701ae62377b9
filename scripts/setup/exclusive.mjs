import { link, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const pollMs = 200;
/** A lock file that names nobody and is older than this is not one that is being written. */
const unreadableMs = 5000;

/**
 * Runs `work` while no other process on this machine does so under the same lock file. What a dead process left locked
 * is taken over, and so is a file that names no process.
 */
export async function withLockFile(path, work) {
  await mkdir(dirname(path), { recursive: true });
  for (let waited = 0; !(await tryLock(path)); waited += pollMs) {
    if (waited === 1000) process.stderr.write(`Another set-up is under way: waiting for it (${path}) ...\n`);
    await delay(pollMs);
  }
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}

/** The lock file appears whole, by a link, so that whoever finds it can read who holds it. */
async function tryLock(path) {
  const mine = `${path}.${process.pid}`;
  await writeFile(mine, String(process.pid));
  try {
    await link(mine, path);
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    await removeStale(path, `${mine}.stale`);
    return false;
  } finally {
    await rm(mine, { force: true });
  }
}

async function removeStale(path, aside) {
  try {
    const found = await readFile(path, 'utf8');
    if (!(await isStale(path, found))) return;
    await rename(path, aside);
    // Between the look and the rename another may have taken the stale lock over: then this is theirs, and goes back.
    if ((await readFile(aside, 'utf8')) !== found) await link(aside, path);
    await rm(aside);
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
}

async function isStale(path, content) {
  if (/^[1-9]\d*$/.test(content)) return !isAlive(Number(content));
  return Date.now() - (await stat(path)).mtimeMs > unreadableMs;
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
