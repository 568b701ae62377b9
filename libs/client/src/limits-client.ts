import type { Connection, RequestOptions } from './connection.js';
import type { operations, OwnLimits } from './description.js';

/** Limits of an owner; one that is left out is as the settings say, null is no limit. */
export type LimitsRequest = operations['setOwnLimits']['requestBody']['content']['application/json'];

/** What single owners may have and do instead of what the settings say. All need a key with the scope `admin`. */
export class LimitsClient {
  constructor(private readonly connection: Connection) {}

  get(owner: string, options?: RequestOptions): Promise<OwnLimits> {
    const params = { path: { owner } };
    return this.connection.read((api, sending) => api.GET('/owners/{owner}/limits', { params, ...sending }), options);
  }

  /** Replaces them all; in force within 3 seconds. */
  set(owner: string, body: LimitsRequest, options?: RequestOptions): Promise<OwnLimits> {
    const params = { path: { owner } };
    return this.connection.call((api, sending) => api.PUT('/owners/{owner}/limits', { params, body, ...sending }), {
      ...options,
      isHarmless: true,
    });
  }
}
