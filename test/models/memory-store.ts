import type { BundleStore } from '#models';

/** A store in memory, with its objects open to be looked at and damaged. */
export class MemoryStore implements BundleStore {
  readonly objects = new Map<string, Uint8Array>();

  put(key: string, body: Uint8Array): Promise<void> {
    this.objects.set(key, body);
    return Promise.resolve();
  }

  async create(key: string, body: Uint8Array): Promise<boolean> {
    if (this.objects.has(key)) return false;
    await this.put(key, body);
    return true;
  }

  async delete(key: string): Promise<void> {
    await Promise.resolve(this.objects.delete(key));
  }

  get(key: string): Promise<Uint8Array> {
    const object = this.objects.get(key);
    if (object) return Promise.resolve(object);
    return Promise.reject(Object.assign(new Error(`there is no object ${key}`), { name: 'ObjectMissingError' }));
  }

  async *list(prefix: string): AsyncIterable<{ key: string }> {
    await Promise.resolve();
    for (const key of this.objects.keys()) if (key.startsWith(prefix)) yield { key };
  }
}
