import {
  EarshotError,
  requireAllowedAddress,
  resolveHost,
  type EgressAllow,
  type RequestFault,
  type ResolveHost,
} from '#jobs';
import { invalidRequest, pointerTo } from '../problems/invalid-request.js';
import type { Uploads } from '../uploads/uploads.js';
import type { BatchItem } from './batch-item.js';

/** Uploads that are looked at, at the same time. */
const atOnce = 16;
/** How long hosts are looked up for; the workers check each address again, and say what is wrong with one. */
const mostLookupMs = 5000;

export interface ItemRules {
  uploads: Pick<Uploads, 'requireUpload'>;
  egressAllow: EgressAllow;
  /** Default: as the machine does. */
  resolve?: ResolveHost;
}

/**
 * Refuses files that cannot be got, all faults together, before anything is made of any.
 *
 * @throws EarshotError `invalid_request`
 */
export async function checkItems(owner: string, items: readonly BatchItem[], rules: ItemRules): Promise<void> {
  const faults: RequestFault[] = [];
  const checkUrl = urlCheck(rules);
  const entries = items.entries();
  const checkNext = async (): Promise<void> => {
    for (const [i, { url, upload = '' }] of entries) {
      const check = url === undefined ? rules.uploads.requireUpload(owner, upload) : checkUrl(url);
      const pointer = pointerTo('items', i, url === undefined ? 'upload' : 'url');
      await check.catch((error: unknown) => {
        if (!(error instanceof EarshotError) || error.code === 'store_unavailable') throw error;
        faults.push({ pointer, detail: error.message });
      });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, checkNext));
  if (faults.length > 0) throw invalidRequest(faults);
}

/** Each host is looked up once. */
function urlCheck({ egressAllow, resolve = resolveHost }: ItemRules): (url: string) => Promise<unknown> {
  const known = new Map<string, ReturnType<ResolveHost>>();
  const resolveOnce: ResolveHost = (host) => {
    const addresses = known.get(host) ?? resolve(host);
    known.set(host, addresses);
    return addresses;
  };
  let late: Promise<unknown> | undefined;
  return (url) => {
    late ??= new Promise((done) => setTimeout(done, mostLookupMs).unref());
    return Promise.race([requireAllowedAddress(url, egressAllow, resolveOnce), late]);
  };
}
