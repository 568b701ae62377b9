import { hkdfSync, randomBytes } from 'node:crypto';
import type { Redis } from 'ioredis';
import { redisKey } from './queues.js';

/** The secret that is made when none is configured. */
export const masterSecretKey = redisKey('master-secret');

/**
 * The secret that all others hang on: that of the setting `EARSHOT_SECRET`, or a random one that is made once and kept
 * in Redis. Then whoever reads Redis, or a copy of it, reads what the secret protects there as well.
 */
export async function masterSecret(redis: Redis, configured: string | undefined): Promise<Buffer> {
  if (configured !== undefined) return Buffer.from(configured, 'utf8');
  await redis.set(masterSecretKey, randomBytes(32).toString('base64'), 'NX');
  const kept = await redis.get(masterSecretKey);
  if (kept === null) throw new Error('the master secret is gone from Redis');
  return Buffer.from(kept, 'base64');
}

/**
 * A key for one purpose, of 32 bytes (HKDF, RFC 5869): keys of different purposes say nothing about each other.
 *
 * @param purpose words that no other use has
 */
export function deriveKey(master: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', master, '', `earshot ${purpose}`, 32));
}
