import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** All files below a folder, in order. Links are not followed. */
export async function findFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  const found: string[] = [];
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) found.push(...(await findFiles(path)));
    else if (entry.isFile()) found.push(path);
  }
  return found;
}
