import { SignalError } from '../../signal-error.js';
import type { ByteReader } from '../byte-reader.js';
import { endsSound } from '../mp3/find-frame.js';
import { readOggPage } from './ogg-page.js';
import { SoundStream, type AudioPage } from './sound-stream.js';

/** Streams side by side in one file, such as pictures beside the sound; more are refused, since each is kept in mind. */
const mostStreams = 64;
/** Far more than any encoder writes. A file of nothing else would take long to pass over. */
const mostEmptyPages = 1000;
/** A file may be filled up with zeros, as many as these. */
const mostPadding = 2 ** 16;

/**
 * The pages of the first sound in the file and of those chained to it; other streams are passed over, and so is
 * whatever follows the end of the last stream. Where a stream's end is not marked, a tag or zeros may follow.
 *
 * @param isSound tells from the first packet of a stream whether it is one to read
 * @throws SignalError if a page is damaged, missing, or comes twice
 */
export async function* audioPages(
  reader: ByteReader,
  isSound: (firstPacket: Uint8Array) => boolean,
): AsyncGenerator<AudioPage, void> {
  let stream: SoundStream | null = null;
  const others = new Set<number>();
  let isStarting = true;
  let emptyPages = 0;
  while (!stream || !(await isPastSound(reader, stream))) {
    const page = await readOggPage(reader);
    if (!page) break;
    emptyPages = page.body.length === 0 ? emptyPages + 1 : 0;
    if (emptyPages > mostEmptyPages) {
      throw new SignalError(`Ogg: the page at byte ${page.at} is the ${emptyPages}th empty one in a row`);
    }
    if (page.beginsStream) {
      if (!isStarting) {
        if (stream) yield* stream.rest();
        stream = null;
        others.clear();
        isStarting = true;
      }
      if (stream || !isSound(page.body)) {
        others.add(page.serial);
        if (others.size > mostStreams) throw new SignalError(`Ogg: the file holds more than ${mostStreams} streams`);
        continue;
      }
      stream = new SoundStream(page.serial);
    } else isStarting = false;
    if (!stream) throw new SignalError(`Ogg: none of the streams up to byte ${page.at} is Vorbis, Opus or FLAC`);
    if (page.serial !== stream.serial && others.has(page.serial)) continue;
    yield* stream.pagesOf(page);
  }
  if (stream) yield* stream.rest();
}

/** Whether the reader stands where no more pages can follow. */
async function isPastSound(reader: ByteReader, { hasEnded }: SoundStream): Promise<boolean> {
  const start = await reader.peek(4);
  if (start[0] === 0x4f && start[1] === 0x67) return false;
  if (hasEnded || start.length === 0) return true;
  // Whatever else is there may be a page whose start is damaged.
  const rest = await reader.peek(mostPadding + 1);
  return endsSound(rest) || (rest.length <= mostPadding && rest.every((byte) => byte === 0));
}
