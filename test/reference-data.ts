import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Real recordings, models and reference outputs; not part of the repository. Set `EARSHOT_DATA` to read them from elsewhere. */
const folder = resolve(process.env['EARSHOT_DATA'] ?? '../shared/data');

/**
 * True when the reference data is there. When it is not, says so once, by name; with `CI=true` that is an error,
 * so that a green run never means that the references were not looked at.
 */
export const hasReferenceData = existsSync(join(folder, 'MANIFEST.tsv'));

if (!hasReferenceData) {
  const message = `reference data is missing: no ${join(folder, 'MANIFEST.tsv')} (set EARSHOT_DATA); the tests that need it are skipped`;
  if (process.env['CI'] === 'true') throw new Error(message);
  process.stderr.write(`${message}\n`);
}

/** The absolute path of a file of the reference data, such as `fan/mimii_signalML/normal.wav`. */
export function referenceData(...path: string[]): string {
  return join(folder, ...path);
}
