import { readFileSync } from 'node:fs';

/** Values by name, row after row, as the script beside them computed them. Needs no data beyond this repository. */
export function readReferences(library: 'scikit-image' | 'tensorflow'): Record<string, number[]> {
  const text = readFileSync(new URL(`references/${library}.json`, import.meta.url), 'utf8');
  const { source, ...references } = JSON.parse(text) as Record<string, string>;
  if (!source) throw new Error(`${library}.json does not say what computed it`);
  return Object.fromEntries(Object.entries(references).map(([name, values]) => [name, values.split(' ').map(Number)]));
}
