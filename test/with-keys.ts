import { hashKeyText, type Scope } from '#jobs';
import type { ApiSettings } from '../apps/api/src/settings.js';
import { withApi, type TestApi } from './with-api.js';

/** The key of the settings. */
export const adminKey = 'a'.repeat(32);

/** An API that asks for keys. */
export interface KeyedApi extends TestApi {
  /** A request with a key, the admin's unless another is given; null: none. */
  send: (path: string, init?: RequestInit, key?: string | null) => Promise<Response>;
  /** Makes a key and returns it, with its id. */
  newKey: (owner: string, scopes?: readonly Scope[]) => Promise<{ id: string; key: string }>;
}

/** As withApi, with an API that asks for keys. */
export function withKeys<T>(run: (api: KeyedApi) => Promise<T>, settings: Partial<ApiSettings> = {}): Promise<T> {
  return withApi(
    (api) => {
      const send: KeyedApi['send'] = (path, init, key = adminKey) => {
        const headers = new Headers(init?.headers);
        if (key !== null) headers.set('authorization', `Bearer ${key}`);
        return fetch(api.url + path, { ...init, headers });
      };
      const newKey: KeyedApi['newKey'] = async (owner, scopes = ['submit', 'read']) => {
        const answer = await send('/keys', { method: 'POST', body: JSON.stringify({ owner, scopes }) });
        if (answer.status !== 201) throw new Error(`no key: ${await answer.text()}`);
        return (await answer.json()) as { id: string; key: string };
      };
      return run({ ...api, send, newKey });
    },
    { auth: 'keys', adminKeyHash: hashKeyText(adminKey), ...settings },
  );
}
