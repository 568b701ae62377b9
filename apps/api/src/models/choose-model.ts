import { latestAlias, type Catalog, type ModelAlias, type ModelRecord } from '#models/catalog';
import semver from 'semver';

/** The versions and aliases that are known. */
export type KnownModels = Pick<Catalog, 'records' | 'aliases'>;

/** The records, of the same name together, the highest version first. */
export function sortModels(records: readonly ModelRecord[]): ModelRecord[] {
  return records.toSorted((a, b) => a.name.localeCompare(b.name, 'en') || semver.rcompare(a.version, b.version));
}

/**
 * The model that a caller names.
 *
 * @param reference `name@version`, `name@alias`, or `name`: the version with the alias `latest`, and where there is none
 *   the highest by the rules of semantic versioning
 */
export function chooseModel({ records, aliases }: KnownModels, reference: string): ModelRecord | undefined {
  const [name, version = latestAlias] = splitReference(reference);
  const versions = sortModels(records).filter((record) => record.name === name);
  const find = (wanted: string | undefined) => versions.find((record) => record.version === wanted);
  const aliased = find(aliases.find((alias) => alias.name === name && alias.alias === version)?.version);
  return find(version) ?? aliased ?? (version === latestAlias ? versions[0] : undefined);
}

/** What the aliases of a model mean, such as `{ stable: '1.0.0' }`, sorted. */
export function aliasesOf(aliases: readonly ModelAlias[], name: string): Record<string, string> {
  const own = aliases.filter((alias) => alias.name === name).map(({ alias, version }) => [alias, version] as const);
  return Object.fromEntries(own.toSorted(([a], [b]) => a.localeCompare(b, 'en')));
}

function splitReference(reference: string): [name: string, version: string | undefined] {
  const at = reference.indexOf('@');
  return at === -1 ? [reference, undefined] : [reference.slice(0, at), reference.slice(at + 1)];
}
