import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const prefix = 'earshot-bundle-';
/** A folder that is so old is nobody's any more: registering takes minutes at most. */
const staleMs = 3600_000;

/** Runs `run` with an empty folder, which is gone afterwards. It lies where TMPDIR says. */
export async function withTemporaryFolder<T>(run: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), prefix));
  try {
    return await run(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Removes what workers that were killed have left there. */
export async function removeStaleFolders(now: number = Date.now()): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const path = join(tmpdir(), name);
    if (!name.startsWith(prefix)) continue;
    const info = await stat(path).catch(() => null);
    // Another user's folder cannot be removed, and need not be.
    if (info && now - info.mtimeMs > staleMs) await rm(path, { recursive: true, force: true }).catch(() => undefined);
  }
}
