import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** The built-in model that hears the sample recordings. */
export const sampleModel = 'spoken-digits';

/** The recordings that come with Earshot, as paths, by name. */
export async function listSamples(root: string): Promise<string[]> {
  const folder = join(root, 'samples');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.wav'));
  return names.sort().map((name) => join(folder, name));
}
