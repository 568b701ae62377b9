import { refusal } from './archive-error.js';

/** What the entries of an archive are, in the order of the archive. */
export interface ArchiveEntry {
  /** As the archive gives it. */
  path: string;
  kind: 'file' | 'folder';
}

const maxPathBytes = 1000;
const maxNameBytes = 255;
const maxDepth = 16;

/** An entry's name as it may stand in a message: short, and without control characters. */
export function shownPath(path: string): string {
  return JSON.stringify(path.length > 100 ? `${path.slice(0, 100)}...` : path);
}

/**
 * The parts of the paths of all entries, when none of them can leave the folder it is unpacked into or fall together
 * with another on any file system. A leading `./` is left out; of the folder itself, no parts remain.
 *
 * @returns for each entry its path's parts
 * @throws ArchiveError that names the entry
 */
export function requireSafePaths(entries: readonly ArchiveEntry[]): string[][] {
  const taken = new Map<string, ArchiveEntry['kind']>();
  return entries.map(({ path, kind }) => {
    const parts = safeParts(path, kind);
    parts.forEach((_, depth) => {
      const leaf = depth === parts.length - 1;
      claim(taken, parts.slice(0, depth + 1), leaf ? kind : 'folder', path);
    });
    return parts;
  });
}

/** True of what operating systems add to archives by themselves. */
export function isLitter(parts: readonly string[]): boolean {
  const name = parts.at(-1) ?? '';
  return parts.includes('__MACOSX') || name === '.DS_Store' || name.startsWith('._');
}

/**
 * The parts of one entry's path, which cannot leave the folder it is unpacked into. A leading `./` is left out; of the
 * folder itself, no parts remain.
 *
 * @throws ArchiveError that names the entry
 */
export function safeParts(path: string, kind: ArchiveEntry['kind']): string[] {
  const wrong = (what: string) => refusal(`the archive's entry ${shownPath(path)} ${what}; pack the folder again`);
  if (path.includes('\\')) throw wrong('has a backslash in its path');
  // eslint-disable-next-line no-control-regex -- these are what is looked for
  if (/[\u0000-\u001f\u007f]/.test(path)) throw wrong('has a control character in its path');
  if (path.startsWith('/') || /^[a-z]:/i.test(path)) throw wrong('has an absolute path');
  const inner = path.replace(/^(\.\/)+/, '');
  if (kind === 'folder' && (inner === '' || inner === '.')) return [];
  const parts = (kind === 'folder' ? inner.replace(/\/$/, '') : inner).split('/');
  if (parts.includes('..')) throw wrong('leads out of the folder');
  if (parts.includes('') || parts.includes('.')) throw wrong('has an empty name in its path');
  if (parts.length > maxDepth) throw wrong(`lies deeper than ${maxDepth} folders`);
  if (Buffer.byteLength(path) > maxPathBytes || parts.some((name) => Buffer.byteLength(name) > maxNameBytes))
    throw wrong(`has a path of over ${maxPathBytes} bytes, or a name of over ${maxNameBytes}`);
  return parts;
}

/** Folders may be named again; a file may share its name with nothing. */
function claim(
  taken: Map<string, ArchiveEntry['kind']>,
  parts: readonly string[],
  kind: ArchiveEntry['kind'],
  path: string,
): void {
  // Equal for names that a file system of any system may hold for equal: by case, or by Unicode normal form.
  const key = parts.join('/').normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC');
  const known = taken.get(key);
  if (known !== undefined && (known === 'file' || kind === 'file'))
    throw refusal(
      `the archive has ${shownPath(path)} twice, or beside a name that differs only in case; leave one of them out`,
    );
  taken.set(key, kind);
}
