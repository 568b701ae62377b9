import { type ListOptions, type ObjectStore } from './object-store.js';

/** Runs `run` with an empty store of its own. */
export type WithStore = (run: (store: ObjectStore) => Promise<void>) => Promise<void>;

export const mebibyte = 2 ** 20;

export async function keysOf(store: ObjectStore, prefix: string, options?: ListOptions): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of store.list(prefix, options)) keys.push(key);
  return keys;
}

export async function putAll(store: ObjectStore, keys: readonly string[]): Promise<void> {
  const rest = [...keys];
  const next = async (): Promise<void> => {
    for (let key = rest.pop(); key !== undefined; key = rest.pop()) await store.put(key, Buffer.from(key));
  };
  await Promise.all(Array.from({ length: 32 }, next));
}
