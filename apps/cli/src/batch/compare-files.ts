import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { BatchFileLine } from '#client';

/** How the files of a folder stand to those that a batch has. */
export interface Comparison {
  /** To be sent. */
  missing: string[];
  /** Sent with other bytes than they have now. */
  changed: string[];
}

/** Compares by size, and where that is the same by SHA-256. */
export async function compareFiles(
  folder: string,
  files: readonly string[],
  sent: ReadonlyMap<string, BatchFileLine>,
): Promise<Comparison> {
  const comparison: Comparison = { missing: [], changed: [] };
  for (const path of files) {
    const known = sent.get(path.normalize('NFC'));
    if (known === undefined) comparison.missing.push(path);
    else if (!(await isSame(join(folder, path), known))) comparison.changed.push(path);
  }
  return comparison;
}

async function isSame(file: string, { bytes, sha256 }: BatchFileLine): Promise<boolean> {
  // One that has gone since is what it was.
  const size = await stat(file).then(
    (info) => info.size,
    () => bytes,
  );
  return size === bytes && (await sha256Of(file).catch(() => sha256)) === sha256;
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) hash.update(chunk);
  return hash.digest('hex');
}
