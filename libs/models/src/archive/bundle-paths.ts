import { isLitter, requireSafePaths, type ArchiveEntry } from '#archives';
import { refusal } from '../errors.js';

/**
 * Where the files of an archived bundle belong: one folder around everything is taken off, as people pack the folder
 * itself, and what operating systems add is left out.
 *
 * @returns for each entry the parts of its path inside the bundle; undefined for what is not to be written
 * @throws ArchiveError if a path is not safe; ModelError if there is no card
 */
export function bundlePaths(entries: readonly ArchiveEntry[]): (string[] | undefined)[] {
  const paths = requireSafePaths(entries);
  const files = paths.filter((parts, i) => entries[i]!.kind === 'file' && !isLitter(parts));
  const [top] = files[0] ?? [];
  const around = files.every((parts) => parts.length > 1 && parts[0] === top) ? 1 : 0;
  if (!files.some((parts) => parts.slice(around).join('/') === 'model.yaml'))
    throw refusal('the archive has no model.yaml; pack the folder that has the card and the weights');
  return paths.map((parts, i) => (entries[i]!.kind === 'file' && !isLitter(parts) ? parts.slice(around) : undefined));
}
