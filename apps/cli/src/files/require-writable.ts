import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { CommandError } from '../command-error.js';
import { fileErrorWords } from './stat-of.js';

/**
 * Finds out whether a file can be put at a path, before the work whose results it is for.
 *
 * @throws CommandError if it cannot
 */
export async function requireWritable(path: string): Promise<void> {
  const isFolder = path.endsWith(sep) || (await isFolderAt(path));
  if (isFolder) throw new CommandError(`${path} is a folder; name a file in it, such as ${join(path, 'results.csv')}`);
  const folder = dirname(path);
  try {
    // The dot asks for a folder: of a file it is refused.
    await access(`${folder}${sep}.`, constants.W_OK | constants.X_OK);
  } catch (cause) {
    const isMissing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    const why = isMissing ? `there is no folder ${folder}` : fileErrorWords(cause);
    throw new CommandError(`${path} cannot be written: ${why}`, { cause });
  }
}

async function isFolderAt(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
