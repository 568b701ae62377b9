import { z } from 'zod';
import type { EarshotClient } from '../client/earshot-client.js';

/** What the commands need of a key; the rest of the answer is kept as it came, for `--json`. */
const keySchema = z.looseObject({
  id: z.string(),
  owner: z.string(),
  scopes: z.array(z.string()),
  name: z.string().nullish(),
  createdAt: z.string(),
  lastUsedAt: z.string().nullish(),
  revokedAt: z.string().nullish(),
});
const newKeySchema = keySchema.extend({ key: z.string() });
const keysSchema = z.object({ keys: z.array(keySchema) });

export type Key = z.infer<typeof keySchema>;

export interface KeyRequest {
  owner: string;
  scopes: string[];
  name?: string | undefined;
}

/** The keys of one Earshot, over HTTP; all need a key with the scope `admin`. Every method fails as EarshotClient's do. */
export class KeysClient {
  constructor(private readonly client: EarshotClient) {}

  /** The answer is the only one that has the key itself. */
  async create(request: KeyRequest): Promise<z.infer<typeof newKeySchema>> {
    const init = { method: 'POST', body: JSON.stringify(request), headers: { 'content-type': 'application/json' } };
    return newKeySchema.parse((await this.client.send('keys', init)).body);
  }

  async list(): Promise<Key[]> {
    return keysSchema.parse((await this.client.send('keys')).body).keys;
  }

  async revoke(id: string): Promise<void> {
    await this.client.send(`keys/${encodeURIComponent(id)}`, { method: 'DELETE' });
  }
}
