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
const uploadsAtOnce = 16;
/** Hosts that are looked up at the same time: each has one of the four threads that files are read and written by as well. */
const hostsAtOnce = 2;
/** How long hosts are looked up for; the workers check each address again, and say what is wrong with one. */
const mostLookupMs = 5000;

export interface ItemRules {
  uploads: Pick<Uploads, 'requireUpload'>;
  egressAllow: EgressAllow;
  /** Default: as the machine does. */
  resolve?: ResolveHost;
  /** How long hosts are looked up for. Default 5000. */
  lookupMs?: number;
}

type Check = (entry: readonly [number, BatchItem]) => Promise<unknown>;

/**
 * Refuses files that cannot be got, all faults together, before anything is made of any.
 *
 * @throws EarshotError `invalid_request`
 */
export async function checkItems(owner: string, items: readonly BatchItem[], rules: ItemRules): Promise<void> {
  const faults: RequestFault[] = [];
  const checkAll = async (name: 'url' | 'upload', atOnce: number, check: Check): Promise<void> => {
    const entries = [...items.entries()].filter(([, item]) => item[name] !== undefined).values();
    const checkNext = async (): Promise<void> => {
      for (const entry of entries)
        await check(entry).catch((error: unknown) => {
          if (!(error instanceof EarshotError) || error.code === 'store_unavailable') throw error;
          faults.push({ pointer: pointerTo('items', entry[0], name), detail: error.message });
        });
    };
    await Promise.all(Array.from({ length: atOnce }, checkNext));
  };
  const checkUrl = urlCheck(rules);
  await Promise.all([
    checkAll('upload', uploadsAtOnce, ([, { upload = '' }]) => rules.uploads.requireUpload(owner, upload)),
    checkAll('url', hostsAtOnce, ([, { url = '' }]) => checkUrl(url)),
  ]);
  if (faults.length > 0) throw invalidRequest(faults);
}

/** Each host is looked up once, and none once the time is over. */
function urlCheck({ egressAllow, resolve = resolveHost, lookupMs = mostLookupMs }: ItemRules) {
  const known = new Map<string, ReturnType<ResolveHost>>();
  const resolveOnce: ResolveHost = (host) => {
    const addresses = known.get(host) ?? resolve(host);
    known.set(host, addresses);
    return addresses;
  };
  const late = AbortSignal.timeout(lookupMs);
  const isLate = new Promise<void>((done) => late.addEventListener('abort', () => done(), { once: true }));
  return async (url: string): Promise<void> => {
    if (!late.aborted) await Promise.race([requireAllowedAddress(url, egressAllow, resolveOnce), isLate]);
  };
}
