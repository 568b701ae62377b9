/** So many deliveries to one endpoint are under way at a time, and so many of one owner. */
const most = { endpoint: 16, owner: 64 };

/** The longest that a delivery is put off, and the shortest, in milliseconds. */
const [longestMs, shortestMs] = [60_000, 50];
/** How much the latest duration counts in the mean. */
const weight = 0.2;

interface Load {
  underWay: number;
  /** The mean time that a delivery takes, in milliseconds. */
  meanMs: number;
  /** When the last of those that were put off is to come back, in milliseconds since 1970. */
  fullUntil: number;
}

/**
 * Keeps an endpoint that answers slowly from taking every place of this worker: a delivery that finds no place is put
 * off until one should be free after those that were put off before it, so that a long row is not looked at over and over.
 */
export class EndpointPlaces {
  private readonly loads = new Map<string, Load>();

  /** @returns how to give the place back, or for how many milliseconds to put the delivery off */
  take({ owner, endpoint }: { owner: string; endpoint: string }, now: number = Date.now()): (() => void) | number {
    const needed = [
      { key: `owner ${owner}`, limit: most.owner },
      { key: `endpoint ${owner} ${endpoint}`, limit: most.endpoint },
    ].map(({ key, limit }) => ({
      key,
      limit,
      load: this.loads.get(key) ?? { underWay: 0, meanMs: 100, fullUntil: 0 },
    }));
    const full = needed.find(({ limit, load }) => load.underWay >= limit);
    if (full) return putOff(full.load, full.limit, now);
    for (const { key, load } of needed) {
      load.underWay += 1;
      this.loads.set(key, load);
    }
    const start = performance.now();
    return () => {
      const ms = performance.now() - start;
      for (const { key, load } of needed) {
        load.underWay -= 1;
        load.meanMs += weight * (ms - load.meanMs);
        if (load.underWay === 0 && load.fullUntil < Date.now()) this.loads.delete(key);
      }
    };
  }
}

function putOff(load: Load, limit: number, now: number): number {
  const each = load.meanMs / limit;
  load.fullUntil = Math.min(Math.max(load.fullUntil, now + shortestMs) + each, now + longestMs);
  return Math.ceil(load.fullUntil - now);
}
