import type { Dirent } from 'node:fs';
import { toKeyPart } from './folder-layout.js';

/** The next parts of keys below a folder, in order; a part that ends with a slash is a folder. */
export type ReadParts = (folder: string) => Promise<string[]>;

/**
 * The keys below a folder of a store, in the order of their bytes as UTF-8. Folders that can hold none are not read.
 *
 * @param folder `''`, or a path that ends with a slash
 */
export async function* keysBelow(
  folder: string,
  only: { prefix: string; startAfter: string },
  partsOf: ReadParts,
): AsyncGenerator<string> {
  const { prefix, startAfter } = only;
  for (const part of await partsOf(folder)) {
    const key = folder + part;
    const isFolder = part.endsWith('/');
    if (!(isFolder && prefix.startsWith(key)) && !key.startsWith(prefix)) continue;
    if (compareUtf8(key, startAfter) <= 0 && !(isFolder && startAfter.startsWith(key))) continue;
    if (isFolder) yield* keysBelow(key, only, partsOf);
    else yield key;
  }
}

/** What a folder's entries are in keys, in the order of the whole keys. */
export function toKeyParts(entries: readonly Dirent[]): string[] {
  return entries.flatMap((entry) => toKeyPart(entry) ?? []).sort(compareUtf8);
}

function compareUtf8(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
