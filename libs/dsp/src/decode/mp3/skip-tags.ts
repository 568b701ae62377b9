import type { ByteReader } from '../byte-reader.js';

const headerBytes = 10;

/** Passes over the ID3v2 tags that the reader stands at, whatever they hold. */
export async function skipTags(reader: ByteReader): Promise<void> {
  for (;;) {
    const [i, d, three, , , flags = 0, ...size] = await reader.peek(headerBytes);
    if (i !== 0x49 || d !== 0x44 || three !== 0x33 || size.length < 4) return;
    // Seven bits a byte; a fifth flag says that the header comes again at the end.
    const length = size.reduce((sum, byte) => sum * 128 + (byte & 127), 0);
    await reader.skip(headerBytes + length + (flags & 16 ? headerBytes : 0));
  }
}
