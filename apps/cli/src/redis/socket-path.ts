import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';

/** The longest path a unix socket may have: sun_path holds 104 bytes on macOS, 108 on Linux, with a final zero. */
const maxBytes = 103;

/** True if a unix socket can have this path on every system Earshot runs on. */
export function fitsSocket(path: string): boolean {
  return Buffer.byteLength(path) <= maxBytes;
}

export interface SocketPlace {
  readonly path: string;
  /** The folder made for the socket alone, to be removed with it; undefined if it lies with the data. */
  readonly madeFolder?: string;
}

/**
 * Where the socket of the Redis over `folder` lies: in the folder itself, or, where that path is too long, in a new
 * folder under `temporaryFolder` that only this user may enter.
 */
export async function placeSocket(folder: string, temporaryFolder: string): Promise<SocketPlace> {
  const path = join(folder, 'redis.sock');
  if (fitsSocket(path)) return { path };
  const madeFolder = await mkdtemp(join(temporaryFolder, 'earshot-redis-'));
  return { path: join(madeFolder, 'redis.sock'), madeFolder };
}
