/** So many deliveries are taken from the queue at a time. They wait for others' answers, and take next to nothing here. */
export const placesInAll = 384;
/** So many of one owner, to whatever endpoints. */
const mostOfOwner = 96;
/** So many to one endpoint once places run short; before that it may have more. */
const mostToEndpoint = 16;
/** Places run short once half of these, or of those of the owner, are taken. */
const plenty = { inAll: placesInAll / 2, ofOwner: mostOfOwner / 2 };

/** The shortest and the longest time that a delivery is put off for, in milliseconds. */
const [shortestMs, longestMs] = [50, 60_000];
/** Those that are put off come back one by one, so many milliseconds apart, so that looking at them costs little. */
const apartMs = 4;

interface Load {
  taken: number;
  /** When a place was last taken or given back, in milliseconds since 1970. */
  movedAt: number;
  /** When the last of those that were put off is to come back, in milliseconds since 1970. */
  lastBackAt: number;
}

/**
 * Keeps few endpoints that answer slowly, or one owner with many of them, from taking every place of this worker: a
 * delivery that finds no place is put off. Those that are put off come back at an even pace, a slow one where nothing
 * moves, so that a long row is not looked at over and over.
 */
export class EndpointPlaces {
  private readonly loads = new Map<string, Load>();
  private takenInAll = 0;

  /** @returns how to give the place back, or for how many milliseconds to put the delivery off */
  take({ owner, endpoint }: { owner: string; endpoint: string }, now: number = Date.now()): (() => void) | number {
    const [ofOwner, toEndpoint] = [this.loadOf(`owner ${owner}`), this.loadOf(`endpoint ${owner} ${endpoint}`)];
    if (ofOwner.load.taken >= mostOfOwner) return putOff(ofOwner.load, now);
    const runShort = this.takenInAll >= plenty.inAll || ofOwner.load.taken >= plenty.ofOwner;
    if (runShort && toEndpoint.load.taken >= mostToEndpoint) return putOff(toEndpoint.load, now);
    const needed = [ofOwner, toEndpoint];
    for (const { key, load } of needed) {
      load.taken += 1;
      load.movedAt = now;
      this.loads.set(key, load);
    }
    this.takenInAll += 1;
    return () => {
      this.takenInAll -= 1;
      for (const { key, load } of needed) {
        load.taken -= 1;
        load.movedAt = Date.now();
        if (load.taken === 0) this.loads.delete(key);
      }
    };
  }

  private loadOf(key: string): { key: string; load: Load } {
    return { key, load: this.loads.get(key) ?? newLoad() };
  }
}

function newLoad(): Load {
  return { taken: 0, movedAt: 0, lastBackAt: 0 };
}

function putOff(load: Load, now: number): number {
  const stillSeconds = (now - load.movedAt) / 1000;
  const next = Math.max(load.lastBackAt, now + shortestMs) + apartMs * (1 + stillSeconds);
  load.lastBackAt = Math.min(next, now + longestMs);
  return Math.ceil(load.lastBackAt - now);
}
