import { join } from 'node:path';
import { parseObjectKey } from './object-key.js';

/** Unfinished puts; no key leads here, since a segment's leading dot is encoded. */
export const unfinishedFolder = '.unfinished';

/** Ends the file name of an object, and of nothing else, so that `a` and `a/b` can both be objects. */
const objectSuffix = '~';

/** Where the object lies below the root. */
export function objectPath(root: string, key: string): string {
  const segments = parseObjectKey(key).map(encodeSegment);
  return join(root, ...segments) + objectSuffix;
}

/** A directory entry as the part of a key it stands for: `name` of an object, `name/` of a folder; null for neither. */
export function toKeyPart(entry: { name: string; isDirectory(): boolean; isFile(): boolean }): string | null {
  if (entry.name === unfinishedFolder) return null;
  if (entry.isDirectory()) return `${decodeSegment(entry.name)}/`;
  if (!entry.isFile() || !entry.name.endsWith(objectSuffix)) return null;
  return decodeSegment(entry.name.slice(0, -objectSuffix.length));
}

/** The path of a folder whose keys begin with `prefix`, which is empty or ends with `/`. */
export function folderPath(root: string, prefix: string): string {
  return join(root, ...prefix.split('/').filter(Boolean).map(encodeSegment));
}

function encodeSegment(segment: string): string {
  return segment
    .replace(/[%~:*?"<>|]/g, (char) => `%${char.charCodeAt(0).toString(16)}`)
    .replace(/^\./, '%2e')
    .replace(/[. ]$/, (char) => `%${char.charCodeAt(0).toString(16)}`);
}

function decodeSegment(name: string): string {
  return name.replace(/%([0-9a-f]{2})/g, (_match, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}
