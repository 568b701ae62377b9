import { buffer } from 'node:stream/consumers';
import type { ArchiveSource } from '#archives';
import type { ObjectStore } from '#jobs';

/** So much is read of the store at a time, whatever is asked for: the entries of an archive mostly lie in their order. */
const blockBytes = 2 ** 20;
/** Blocks in memory: that which is read, the directory, and some in between. */
const mostBlocks = 8;

/** An archive in the object store, of which a few blocks are in memory at a time. Its reads throw what the store throws. */
export function sourceOfStored(store: Pick<ObjectStore, 'stream'>, key: string, bytes: number): ArchiveSource {
  const blocks = new Map<number, Promise<Buffer>>();
  const readBlock = async (index: number): Promise<Buffer> => {
    const start = index * blockBytes;
    return buffer(await store.stream(key, { start, end: Math.min(start + blockBytes, bytes) - 1 }));
  };
  const blockAt = (index: number): Promise<Buffer> => {
    const known = blocks.get(index);
    blocks.delete(index);
    const block = known ?? readBlock(index);
    blocks.set(index, block);
    // One that cannot be read now may be at the next attempt.
    if (!known) block.catch(() => blocks.delete(index));
    for (const oldest of blocks.keys()) if (blocks.size > mostBlocks) blocks.delete(oldest);
    return block;
  };
  return {
    bytes,
    read: async (position, length) => {
      const end = Math.min(position + length, bytes);
      const parts: Buffer[] = [];
      for (let at = position; at < end;) {
        const block = await blockAt(Math.floor(at / blockBytes));
        const part = block.subarray(at % blockBytes, (at % blockBytes) + end - at);
        if (part.length === 0) break;
        parts.push(part);
        at += part.length;
      }
      return parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts);
    },
  };
}
