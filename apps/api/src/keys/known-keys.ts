import { timingSafeEqual } from 'node:crypto';
import type { Redis } from 'ioredis';
import { findKey, hashKeyText, isKeyText, keyScopes } from '#jobs';
import type { Caller } from '../access/caller.js';

/** How long a key that was found is believed: a revoked one is refused after that at the latest, here and in other APIs. */
const freshMs = 3000;

interface Known {
  caller: Promise<Caller | null>;
  until: number;
}

/** Tells whose a key is: from Redis, and for a moment from memory. */
export class KnownKeys {
  /** By hash. Keys that are not known leave at once, so that guesses do not pile up. */
  private readonly known = new Map<string, Known>();

  /** @param adminKeyHash SHA-256, hexadecimal, of the key of the settings */
  constructor(
    private readonly redis: Redis,
    private readonly adminKeyHash: string | undefined,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /**
   * The caller whose key this is; null if it is none, or was revoked.
   *
   * @throws what Redis throws while it is away and the key was not seen within the last seconds
   */
  async callerOf(text: string): Promise<Caller | null> {
    const hash = hashKeyText(text);
    if (this.isAdminKey(hash)) return { owner: 'admin', keyId: null, scopes: keyScopes };
    if (!isKeyText(text)) return null;
    const known = this.known.get(hash);
    if (known !== undefined && this.now() < known.until) return known.caller;
    return this.ask(hash);
  }

  /** Has every key asked for anew: one was revoked. */
  forget(): void {
    this.known.clear();
  }

  private async ask(hash: string): Promise<Caller | null> {
    const caller = this.find(hash);
    const asked = { caller, until: this.now() + freshMs };
    this.known.set(hash, asked);
    const found = await caller.catch(() => null);
    if (found === null && this.known.get(hash) === asked) this.known.delete(hash);
    return caller;
  }

  private async find(hash: string): Promise<Caller | null> {
    const record = await findKey(this.redis, hash);
    return record && { owner: record.owner, keyId: record.id, scopes: record.scopes };
  }

  private isAdminKey(hash: string): boolean {
    return this.adminKeyHash !== undefined && timingSafeEqual(Buffer.from(hash), Buffer.from(this.adminKeyHash));
  }
}
