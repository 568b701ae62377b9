import {
  isLitter,
  readZipDirectory,
  readZipFile,
  requireSafePaths,
  sourceOfBytes,
  type ArchiveLimits,
} from '#archives';
import { asModelErrors } from './as-model-errors.js';
import { defaultArchiveLimits } from './limits.js';

/**
 * Unpacks a zip archive in memory. Its whole directory is checked before the first file is unpacked.
 *
 * @param limits those that differ from {@link defaultArchiveLimits}
 * @returns its files by path, in the order of the archive; without folders, and what operating systems add
 * @throws ModelError if it is no zip archive, damaged, larger than the limits, or has paths that are not safe
 */
export function unzip(bytes: Uint8Array, limits: Partial<ArchiveLimits> = {}): Promise<Map<string, Uint8Array>> {
  return asModelErrors(unzipAll(bytes, { ...defaultArchiveLimits, ...limits }));
}

async function unzipAll(bytes: Uint8Array, limits: ArchiveLimits): Promise<Map<string, Uint8Array>> {
  const source = sourceOfBytes(bytes);
  const entries = await readZipDirectory(source, limits);
  const paths = requireSafePaths(entries);
  const files = new Map<string, Uint8Array>();
  for (const [i, entry] of entries.entries()) {
    const parts = paths[i]!;
    if (entry.kind === 'folder' || isLitter(parts)) continue;
    files.set(parts.join('/'), await readWhole(readZipFile(source, entry), entry.bytes));
  }
  return files;
}

/** @param bytes how many there are; the directory was checked, so that memory may be taken for as many */
async function readWhole(pieces: AsyncIterable<Uint8Array>, bytes: number): Promise<Uint8Array> {
  const whole = new Uint8Array(bytes);
  let filled = 0;
  for await (const piece of pieces) {
    whole.set(piece, filled);
    filled += piece.length;
  }
  return whole;
}
