import { readdir, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';

import { CommandError } from '../command-error.js';

/** A file of a bundle. */
export interface BundleFile {
  /** Inside the bundle, with `/` between folders. */
  readonly path: string;
  /** Where its bytes are, with links followed. */
  readonly file: string;
  readonly bytes: number;
}

/**
 * The files of a bundle's folder, by path. Those whose name begins with a dot are left out, as systems, editors and
 * mounted configuration keep theirs there.
 *
 * @throws CommandError if a link leads out of the folder
 */
export async function listBundleFiles(folder: string): Promise<BundleFile[]> {
  const root = await realpath(folder);
  const files: BundleFile[] = [];
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name).slice(root.length + 1);
    const names = path.split(sep);
    if (names.some((name) => name.startsWith('.')) || names.includes('__MACOSX') || entry.isDirectory()) continue;
    const file = await realpath(join(root, path)).catch((cause: unknown) => {
      throw new CommandError(`${path} of ${folder} is a link to nothing; take it out`, { cause });
    });
    if (!file.startsWith(root + sep))
      throw new CommandError(`${path} of ${folder} is a link out of the folder; put the file itself there`);
    const found = await stat(file);
    if (found.isFile()) files.push({ path: names.join('/'), file, bytes: found.size });
  }
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}
