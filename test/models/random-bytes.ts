import { createHash } from 'node:crypto';

/** Bytes that look like noise to any compression, the same for the same seed. */
export function randomBytes(length: number, seed = 0): Buffer {
  const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, i) =>
    createHash('sha256').update(`${seed}/${i}`).digest(),
  );
  return Buffer.concat(blocks).subarray(0, length);
}
