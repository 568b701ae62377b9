import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Redis } from 'ioredis';
import { deriveKey, EarshotError, masterSecret, redisKey } from '#jobs';

/** For how long an address for an upload may be used. */
export const linkSeconds = 900;

/** What an address for an upload allows. */
export interface UploadLink {
  id: string;
  owner: string;
  bytes: number;
  /** In milliseconds since 1970. */
  expiresAt: number;
}

/** Addresses that allow whoever has them to upload one thing, of a known size, once. */
export class UploadLinks {
  private key: Buffer | undefined;

  /** @param secret of `EARSHOT_SECRET` */
  constructor(
    private readonly redis: Redis,
    private readonly secret: string | undefined,
  ) {}

  /** The address, without the host. */
  async pathOf(link: UploadLink): Promise<string> {
    const { id, owner, bytes, expiresAt } = link;
    const query = { owner, bytes: String(bytes), expires: String(expiresAt), signature: await this.sign(link) };
    return `/uploads/${id}?${new URLSearchParams(query).toString()}`;
  }

  /** @throws EarshotError `upload_link_refused` unless the address is one of ours whose time is not over */
  async require(id: string, query: Readonly<Record<string, unknown>>, now = Date.now()): Promise<UploadLink> {
    const link = {
      id,
      owner: String(query['owner']),
      bytes: Number(query['bytes']),
      expiresAt: Number(query['expires']),
    };
    const [given, signed] = [Buffer.from(String(query['signature'])), Buffer.from(await this.sign(link))];
    if (given.length !== signed.length || !timingSafeEqual(given, signed))
      throw refused('The address is not as POST /uploads has given it.');
    if (link.expiresAt <= now) throw refused('The time of the address is over; POST /uploads gives another.');
    return link;
  }

  /**
   * Has the address work no more, unless `receive` fails.
   *
   * @throws EarshotError `upload_link_refused` when it has been used, or is being used
   */
  async once<T>({ id }: UploadLink, receive: () => Promise<T>): Promise<T> {
    const key = redisKey('upload-used', id);
    // Longer than any address can be used.
    if ((await this.redis.set(key, '1', 'EX', 2 * linkSeconds, 'NX')) === null)
      throw refused('The address has been used; POST /uploads gives another.');
    try {
      return await receive();
    } catch (error) {
      await this.redis.del(key).catch(() => undefined);
      throw error;
    }
  }

  private async sign({ id, owner, bytes, expiresAt }: UploadLink): Promise<string> {
    this.key ??= deriveKey(await masterSecret(this.redis, this.secret), 'addresses for uploads');
    const text = JSON.stringify([id, owner, bytes, expiresAt]);
    return createHmac('sha256', this.key).update(text).digest('base64url');
  }
}

function refused(detail: string): EarshotError {
  return new EarshotError('upload_link_refused', detail);
}
