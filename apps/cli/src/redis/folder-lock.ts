import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pingRedis } from './ping.js';
import { processCommand } from './process-command.js';

/** Who serves a data folder. */
export interface FolderHolder {
  /** The guard process, whose command line contains `command`. */
  readonly pid: number;
  readonly command: string;
  /** Where its Redis listens. */
  readonly socketPath: string;
}

/** A data folder already has its one Redis. */
export class FolderInUseError extends Error {
  override readonly name = 'FolderInUseError';

  constructor(folder: string, holder: FolderHolder) {
    super(
      `${folder} is in use by another Earshot (process ${holder.pid}): stop that one first, ` +
        `or, if only its Redis is left, stop it with: redis-cli -s ${holder.socketPath} shutdown`,
    );
  }
}

/**
 * Takes the right to run a Redis over `folder`: two servers on one append-only file would destroy it.
 *
 * The lock file appears whole, by a link, so that whoever finds it can read who holds it. It is stale once the holder's
 * guard is gone and no Redis answers on its socket; the process id alone would not tell, as ids are used again.
 *
 * @returns the function that gives the right back
 * @throws FolderInUseError if somebody lives who has it
 */
export async function lockFolder(folder: string, holder: FolderHolder): Promise<() => Promise<void>> {
  const path = join(folder, 'lock');
  const mine = `${path}.${holder.pid}`;
  await writeFile(mine, JSON.stringify(holder));
  try {
    while (!(await linked(mine, path))) await removeStale(path, mine, folder);
  } finally {
    await rm(mine, { force: true });
  }
  return () => rm(path, { force: true });
}

async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function removeStale(path: string, mine: string, folder: string): Promise<void> {
  const found = await readIfThere(path);
  if (found === undefined) return;
  const holder = JSON.parse(found) as FolderHolder;
  if (await isAlive(holder)) throw new FolderInUseError(folder, holder);
  const aside = `${mine}.stale`;
  try {
    await rename(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  // Between the look and the rename another may have taken the stale lock over: then this is theirs, and goes back.
  if ((await readFile(aside, 'utf8')) !== found) await linked(aside, path);
  await rm(aside);
}

async function isAlive({ pid, command, socketPath }: FolderHolder): Promise<boolean> {
  return (await processCommand(pid)).includes(command) || (await pingRedis(socketPath)) !== 'absent';
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
