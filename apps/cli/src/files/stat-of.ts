import { constants, type Stats } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { CommandError } from '../command-error.js';

/**
 * What is at a path that somebody typed.
 *
 * @throws CommandError if there is nothing, or it may not be read
 */
export async function statOf(path: string): Promise<Stats> {
  try {
    await access(path, constants.R_OK);
    return await stat(path);
  } catch (cause) {
    throw new CommandError(`${path} cannot be read: ${fileErrorWords(cause)}`, { cause });
  }
}

const words: Record<string, string> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'a part of its path is a file, not a folder',
  EACCES: 'permission is denied',
  EROFS: 'nothing can be written there',
  ENOSPC: 'no space is left there',
};

/** Why something with a file went wrong. */
export function fileErrorWords(error: unknown): string {
  const { code = '', message } = error as NodeJS.ErrnoException;
  return words[code] ?? message;
}
