import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** How deep below a given folder a bundle may lie: `<folder>/<name>/<version>/model.yaml`. */
const deepest = 2;

/**
 * The folders with a `model.yaml` at or below the given ones, in order of their paths.
 *
 * @throws the file system's error when a given folder cannot be read
 */
export async function findBundles(folders: readonly string[]): Promise<string[]> {
  const found = await Promise.all(folders.map((folder) => bundlesIn(folder, 0)));
  return found.flat();
}

async function bundlesIn(folder: string, depth: number): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  if (entries.some((entry) => entry.isFile() && entry.name === 'model.yaml')) return [folder];
  if (depth === deepest) return [];
  const below = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.')).map(({ name }) => name);
  const found = await Promise.all(below.sort().map((name) => bundlesIn(join(folder, name), depth + 1)));
  return found.flat();
}
