/** What the registry needs of an object store: a folder or any S3 API satisfies it. */
export interface BundleStore {
  /** Writes an object whole; one under the same key is replaced. */
  put(key: string, body: Uint8Array, options?: { contentType?: string }): Promise<unknown>;

  /** Writes an object unless there is one under the key; of several writers exactly one is told true. */
  create(key: string, body: Uint8Array, options?: { contentType?: string }): Promise<boolean>;

  /** There need not be one. */
  delete(key: string): Promise<void>;

  /** @throws an error named `ObjectMissingError` when there is no such object */
  get(key: string): Promise<Uint8Array>;

  /** Every object whose key begins with `prefix`, in any order. */
  list(prefix: string): AsyncIterable<{ key: string }>;
}

/** The object's bytes, or undefined when there is no such object. Every other failure is thrown. */
export async function getIfPresent(store: BundleStore, key: string): Promise<Uint8Array | undefined> {
  try {
    return await store.get(key);
  } catch (error) {
    if (error instanceof Error && error.name === 'ObjectMissingError') return undefined;
    throw error;
  }
}
