/** Long enough for any file system's paths that a person would give a recording. */
const mostBytes = 1024;
const mostShownCharacters = 200;

/**
 * A path under which a file is kept in a batch: relative, its parts separated by slashes, as in the folder it came from.
 * The same file is the same path on every machine, whatever form its accents have there.
 *
 * @returns null for a path that leads elsewhere, or has parts that no folder has
 */
export function toBatchPath(text: string): string | null {
  const path = text.normalize('NFC');
  const parts = path.split('/');
  const isWhole = parts.every((part) => part !== '' && part !== '.' && part !== '..');
  // eslint-disable-next-line no-control-regex -- they would break the lines of the results
  const isPlain = !/[\u0000-\u001f\u007f\p{Surrogate}]/u.test(path);
  return isWhole && isPlain && Buffer.byteLength(path) <= mostBytes ? path : null;
}

/** What a name that is no such path is told as: such a path, short, that names the same to a reader and leads nowhere. */
export function toShownBatchPath(text: string): string {
  // eslint-disable-next-line no-control-regex -- as above
  const plain = text.normalize('NFC').replace(/[\u0000-\u001f\u007f\p{Surrogate}]/gu, '_');
  const parts = [...plain].slice(0, mostShownCharacters).join('').split(/[\\/]/);
  return parts.map((part) => (['', '.', '..'].includes(part) ? '_' : part)).join('/');
}
