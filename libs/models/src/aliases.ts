import { z } from 'zod';

import { getIfPresent, type BundleStore } from './bundle-store.js';

/** A name for a version of a model that, unlike a version, may be given to another: the one called `stable`, say. */
export const modelAliasSchema = z.object({
  name: z.string(),
  alias: z.string(),
  version: z.string(),
  changedAt: z.iso.datetime(),
});
export type ModelAlias = z.infer<typeof modelAliasSchema>;

/** The alias that a bare name means, once it is set; until then that is the highest version. */
export const latestAlias = 'latest';

/** True for what an alias may be called. It begins with a letter, which no version does, so neither is taken for the other. */
export function isAlias(text: string): boolean {
  return text.length <= 64 && /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(text);
}

/** Where an alias lies in the store. */
export function aliasKey({ name, alias }: Pick<ModelAlias, 'name' | 'alias'>): string {
  return `${aliasesPrefix(name)}${alias}.json`;
}

/** True for the key of an alias of any model. */
export function isAliasKey(key: string): boolean {
  return /^models\/[^/]+\/aliases\/[^/]+\.json$/.test(key);
}

/** The aliases of one model, in any order; objects that are none are passed over. */
export async function aliasesOf(store: BundleStore, name: string): Promise<ModelAlias[]> {
  const aliases: ModelAlias[] = [];
  for await (const { key } of store.list(aliasesPrefix(name))) {
    const bytes = await getIfPresent(store, key);
    const alias = bytes && parseAlias(bytes, key);
    if (alias) aliases.push(alias);
  }
  return aliases;
}

/** What a stored object says; undefined unless it is the alias that its key promises. */
export function parseAlias(bytes: Uint8Array, key: string): ModelAlias | undefined {
  const parsed = modelAliasSchema.safeParse(parseJson(new TextDecoder().decode(bytes)));
  return parsed.success && aliasKey(parsed.data) === key ? parsed.data : undefined;
}

function aliasesPrefix(name: string): string {
  return `models/${name}/aliases/`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
