import { createHash } from 'node:crypto';

import { parseYaml } from '../card/yaml.js';

/** The sha256 of some bytes, in lower-case hexadecimal. */
export function sha256(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** A file of a bundle by what is in it. */
export interface FileContent {
  /** Its name inside the bundle. */
  path: string;
  bytes: number;
  sha256: string;
}

/**
 * What a version is known by: a sha256 over its card and the sha256 of its weights files. The card counts as its author
 * wrote it, without its comments, order and layout, and without defaults, so that a later default changes no digest.
 */
export function modelDigest(cardText: string, weights: readonly FileContent[]): string {
  const files = weights.map(({ path, sha256 }) => ({ path, sha256 }));
  files.sort((a, b) => (a.path < b.path ? -1 : 1));
  return `sha256:${sha256(canonicalJson({ card: parseYaml(cardText), weights: files }))}`;
}

/** JSON with the keys of every object sorted, so that equal values give equal text. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
