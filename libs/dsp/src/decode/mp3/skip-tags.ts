import { SignalError } from '../../signal-error.js';
import type { ByteReader } from '../byte-reader.js';

const headerBytes = 10;
/** Far more than any file has. One of nothing but empty tags would take long to pass over. */
const mostTags = 1000;

/**
 * Passes over the ID3v2 tags that the reader stands at, whatever they hold.
 *
 * @throws SignalError if they are more than a thousand
 */
export async function skipTags(reader: ByteReader): Promise<void> {
  for (let count = 0; count <= mostTags; count++) {
    const [i, d, three, , , flags = 0, ...size] = await reader.peek(headerBytes);
    if (i !== 0x49 || d !== 0x44 || three !== 0x33 || size.length < 4) return;
    // Seven bits a byte; a fifth flag says that the header comes again at the end.
    const length = size.reduce((sum, byte) => sum * 128 + (byte & 127), 0);
    await reader.skip(headerBytes + length + (flags & 16 ? headerBytes : 0));
  }
  throw new SignalError(`MP3: the file starts with more than ${mostTags} tags, up to byte ${reader.position}`);
}
