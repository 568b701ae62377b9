import type { ModelRecord } from '#models/catalog';
import semver from 'semver';

/** The records, of the same name together, the highest version first. */
export function sortModels(records: readonly ModelRecord[]): ModelRecord[] {
  return records.toSorted((a, b) => a.name.localeCompare(b.name, 'en') || semver.rcompare(a.version, b.version));
}

/**
 * The model that a caller names.
 *
 * @param reference `name`, which is its highest version by the rules of semantic versioning, or `name@version`
 */
export function chooseModel(records: readonly ModelRecord[], reference: string): ModelRecord | undefined {
  const [name, version] = splitReference(reference);
  return sortModels(records).find(
    (record) => record.name === name && (version === undefined || record.version === version),
  );
}

function splitReference(reference: string): [name: string, version: string | undefined] {
  const at = reference.indexOf('@');
  return at === -1 ? [reference, undefined] : [reference.slice(0, at), reference.slice(at + 1)];
}
