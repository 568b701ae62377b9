import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import { EarshotError } from '../errors.js';
import { deriveKey, masterSecret } from '../master-secret.js';
import { redisKey } from '../queues.js';
import { newWebhookSecret } from './signature.js';

/** How long an old secret signs too, once there is a new one. */
export const rotationMs = 24 * 3_600_000;

/** A secret as Redis keeps it, encrypted, with the one before it until that is forgotten. */
export const sealedSecretSchema = z.object({
  sealed: z.string(),
  previous: z.object({ sealed: z.string(), until: z.number() }).nullable(),
});
export type SealedSecret = z.infer<typeof sealedSecretSchema>;

/** The secret of each owner, which signs what has no registration (a hash: owner to JSON). */
const ownerSecretsKey = redisKey('webhook-secrets');

const [cipher, ivBytes, tagBytes] = ['aes-256-gcm', 12, 16] as const;

/** Makes secrets, and reads those that were made. They are encrypted for their owner: copied to another they are of no use. */
export class WebhookSecrets {
  private key: Buffer | undefined;

  /** @param configured the setting `EARSHOT_SECRET` */
  constructor(
    private readonly redis: Redis,
    private readonly configured: string | undefined,
  ) {}

  /** @returns with it what Redis is to keep of it */
  async make(owner: string): Promise<{ secret: string; kept: SealedSecret }> {
    const secret = newWebhookSecret();
    return { secret, kept: { sealed: await this.seal(owner, secret), previous: null } };
  }

  /** A new secret in place of one, which signs too for a day. */
  async rotate(owner: string, old: SealedSecret, now: number = Date.now()) {
    const { secret, kept } = await this.make(owner);
    const previousUntil = now + rotationMs;
    return { secret, kept: { ...kept, previous: { sealed: old.sealed, until: previousUntil } }, previousUntil };
  }

  /**
   * The secrets that sign at that time, the newest first. One that was rotated because it could no longer be read is
   * left out.
   *
   * @throws EarshotError `webhook_secret_unreadable`
   */
  async open(owner: string, { sealed, previous }: SealedSecret, now: number = Date.now()): Promise<string[]> {
    const newest = await this.unseal(owner, sealed);
    if (previous === null || previous.until <= now) return [newest];
    const before = await this.unseal(owner, previous.sealed).catch(() => null);
    return before === null ? [newest] : [newest, before];
  }

  /** The owner's own, made when it is first asked for. */
  async ofOwner(owner: string): Promise<SealedSecret> {
    const found = await this.redis.hget(ownerSecretsKey, owner);
    if (found !== null) return sealedSecretSchema.parse(JSON.parse(found));
    const { kept } = await this.make(owner);
    await this.redis.hsetnx(ownerSecretsKey, owner, JSON.stringify(kept));
    return this.ofOwner(owner);
  }

  /** Gives the owner a new secret; the old one signs too for a day. */
  async rotateOfOwner(owner: string): Promise<{ secret: string; previousUntil: number }> {
    const { kept, ...rotated } = await this.rotate(owner, await this.ofOwner(owner));
    await this.redis.hset(ownerSecretsKey, owner, JSON.stringify(kept));
    return rotated;
  }

  private async seal(owner: string, secret: string): Promise<string> {
    const iv = randomBytes(ivBytes);
    const sealing = createCipheriv(cipher, await this.keyOf(), iv).setAAD(Buffer.from(owner));
    const sealed = Buffer.concat([sealing.update(secret, 'utf8'), sealing.final()]);
    return Buffer.concat([iv, sealing.getAuthTag(), sealed]).toString('base64');
  }

  private async unseal(owner: string, text: string): Promise<string> {
    const bytes = Buffer.from(text, 'base64');
    const [iv, tag] = [bytes.subarray(0, ivBytes), bytes.subarray(ivBytes, ivBytes + tagBytes)];
    const opening = createDecipheriv(cipher, await this.keyOf(), iv)
      .setAAD(Buffer.from(owner))
      .setAuthTag(tag);
    try {
      return opening.update(bytes.subarray(ivBytes + tagBytes), undefined, 'utf8') + opening.final('utf8');
    } catch (cause) {
      const detail = 'The secret was encrypted under another EARSHOT_SECRET; bring that back, or rotate the secret.';
      throw new EarshotError('webhook_secret_unreadable', detail, { cause });
    }
  }

  private async keyOf(): Promise<Buffer> {
    this.key ??= deriveKey(await masterSecret(this.redis, this.configured), 'webhook secrets');
    return this.key;
  }
}
