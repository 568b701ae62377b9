import { Writable, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ObjectStore, PutOptions } from '../store/object-store.js';

/** Takes bytes and keeps none, for what is only to be measured. */
export const nowhere: Pick<ObjectStore, 'put' | 'delete'> = {
  async put(_key: string, body: Uint8Array | Readable, { signal }: PutOptions = {}): Promise<{ bytes: number }> {
    const drain = new Writable({ write: (_chunk, _encoding, done) => done() });
    if (!(body instanceof Uint8Array)) await pipeline(body, drain, { ...(signal && { signal }) });
    return { bytes: 0 };
  },
  delete: () => Promise.resolve(),
};
