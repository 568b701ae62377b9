import { createHash, randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';

const prefix = 'esk_';
const secretBytes = 32;
const checksumBytes = 4;
/** 36 bytes are 48 characters of base64url, without padding. */
const pattern = /^esk_[A-Za-z0-9_-]{48}$/;

/**
 * A new API key as its holder keeps it: `esk_`, then 32 random bytes and their CRC-32 in base64url. The checksum tells a
 * key that was copied wrongly from one that is not known, without a question to Redis.
 */
export function newKeyText(): string {
  const secret = randomBytes(secretBytes);
  return prefix + Buffer.concat([secret, checksumOf(secret)]).toString('base64url');
}

/** True when `text` has the form and the checksum of an API key; says nothing about whether it is known. */
export function isKeyText(text: string): boolean {
  if (!pattern.test(text)) return false;
  const bytes = Buffer.from(text.slice(prefix.length), 'base64url');
  return checksumOf(bytes.subarray(0, secretBytes)).equals(bytes.subarray(secretBytes));
}

/**
 * What is stored of a key, hexadecimal. 256 random bits need no slow hash: they cannot be guessed. Looking up the hash
 * tells nothing by its time either, as nobody can choose hashes.
 */
export function hashKeyText(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function checksumOf(secret: Uint8Array): Buffer {
  const checksum = Buffer.alloc(checksumBytes);
  checksum.writeUInt32BE(crc32(secret));
  return checksum;
}
