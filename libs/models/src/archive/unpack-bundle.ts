import { createWriteStream } from 'node:fs';
import { mkdir, open, readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';

import { sourceOfFile, type ArchiveLimits, type ArchiveSource } from '#archives';
import type { Archive } from './archive.js';
import { asModelErrors } from './as-model-errors.js';
import { bundlePaths } from './bundle-paths.js';
import { defaultArchiveLimits } from './limits.js';
import { openArchive } from './open-archive.js';

/**
 * Unpacks a bundle, a zip or tar.gz archive of a folder with a card. All entries are checked before the first file is
 * written, and only regular files are. When it fails, `into` is empty again.
 *
 * @param archive path of the archive
 * @param into an empty folder that nobody else writes to
 * @param limits those that differ from {@link defaultArchiveLimits}
 * @throws ModelError if it is no such archive, damaged, larger than the limits, has links or paths that are not safe,
 *   or has no card
 */
export async function unpackBundle(archive: string, into: string, limits: Partial<ArchiveLimits> = {}): Promise<void> {
  if ((await readdir(into)).length > 0) throw new Error(`${into} is not empty`);
  const file = await open(archive);
  try {
    await asModelErrors(writeAll(await sourceOfFile(file), { ...defaultArchiveLimits, ...limits }, into));
  } finally {
    await file.close();
  }
}

async function writeAll(source: ArchiveSource, limits: ArchiveLimits, into: string): Promise<void> {
  const opened = await openArchive(source, limits);
  await writeFiles(opened, bundlePaths(opened.entries), into);
}

async function writeFiles(archive: Archive, paths: readonly (string[] | undefined)[], into: string): Promise<void> {
  try {
    for await (const { index, pieces } of archive.files()) {
      const parts = paths[index];
      if (parts === undefined) continue;
      const path = join(into, ...parts);
      await mkdir(dirname(path), { recursive: true });
      // `wx`: never through what is there already, should a file system hold two names for one after all.
      await pipeline(pieces, createWriteStream(path, { flags: 'wx' }));
    }
  } catch (error) {
    for (const name of await readdir(into)) await rm(join(into, name), { recursive: true, force: true });
    throw error;
  }
}
