import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { CommandError } from '../command-error.js';

/** The built-in model that hears the sample recordings. */
export const sampleModel = 'spoken-digits';

/**
 * The recordings that come with Earshot, as paths, by name.
 *
 * @throws CommandError if there is none
 */
export async function listSamples(root: string): Promise<string[]> {
  const folder = join(root, 'samples');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.wav'));
  if (names.length === 0) throw new CommandError(`there is no recording in ${folder}`);
  return names.sort().map((name) => join(folder, name));
}
