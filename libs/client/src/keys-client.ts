import type { Connection, RequestOptions } from './connection.js';
import type { Act, Key, NewKey, operations } from './description.js';
import { listPages } from './pages.js';

export type KeyRequest = operations['createKey']['requestBody']['content']['application/json'];

/** API keys, and what was done with them. All need a key with the scope `admin`. */
export class KeysClient {
  constructor(private readonly connection: Connection) {}

  /** The answer is the only one that has the key itself. */
  create(body: KeyRequest, options?: RequestOptions): Promise<NewKey> {
    return this.connection.call((api, sending) => api.POST('/keys', { body, ...sending }), options);
  }

  /** Of all owners, the newest first. */
  async list(options?: RequestOptions): Promise<Key[]> {
    return (await this.connection.read((api, sending) => api.GET('/keys', { ...sending }), options)).keys;
  }

  /** Ends a key for good, at all APIs within 3 seconds. */
  async revoke(id: string, options?: RequestOptions): Promise<void> {
    const params = { path: { id } };
    await this.connection.call((api, sending) => api.DELETE('/keys/{id}', { params, ...sending }), options);
  }

  /** Who did what to keys and models, the newest first. */
  acts(options?: RequestOptions): AsyncGenerator<Act> {
    return listPages(
      (query) => this.connection.read((api, sending) => api.GET('/audit', { params: { query }, ...sending }), options),
      ({ acts }) => acts,
    );
  }
}
