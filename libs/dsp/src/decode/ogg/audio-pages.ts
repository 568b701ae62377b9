import { SignalError } from '../../signal-error.js';
import type { ByteReader } from '../byte-reader.js';
import { readOggPage, type OggPage } from './ogg-page.js';
import { PacketAssembler } from './packets.js';

/** A page of the stream that holds the sound. */
export interface AudioPage {
  /** Where it starts in the file. */
  at: number;
  /** The packets that end on it. */
  packets: Uint8Array[];
  /** Position of the last of them, in the codec's own unit; below 0 if there is none. */
  granule: number;
  /** It holds the codec's first header: of the file's only stream, or of the next of several in a chain. */
  beginsStream: boolean;
  /** Nothing of the stream follows, or nothing of the file. */
  isLast: boolean;
}

/** Streams side by side in one file, such as pictures beside the sound; more are refused, since each is kept in mind. */
const mostStreams = 64;

/**
 * The pages of the first sound in the file and of those chained to it; other streams are passed over, and so is
 * whatever follows the end of the last stream.
 *
 * @param isSound tells from the first packet of a stream whether it is one to read
 * @throws SignalError if a page is damaged, missing, or comes twice
 */
export async function* audioPages(
  reader: ByteReader,
  isSound: (firstPacket: Uint8Array) => boolean,
): AsyncGenerator<AudioPage, void> {
  let stream: { serial: number; packets: PacketAssembler; hasEnded: boolean } | null = null;
  const others = new Set<number>();
  let isStarting = true;
  for (;;) {
    if (stream?.hasEnded && !(await standsAtPage(reader))) return;
    const page = await readOggPage(reader);
    if (!page) return;
    if (page.beginsStream) {
      if (!isStarting) {
        stream = null;
        others.clear();
        isStarting = true;
      }
      if (stream || !isSound(page.body)) {
        others.add(page.serial);
        if (others.size > mostStreams) throw new SignalError(`Ogg: the file holds more than ${mostStreams} streams`);
        continue;
      }
      stream = { serial: page.serial, packets: new PacketAssembler(), hasEnded: false };
    } else isStarting = false;
    if (!stream) throw new SignalError(`Ogg: none of the streams up to byte ${page.at} is Vorbis, Opus or FLAC`);
    if (page.serial !== stream.serial && others.has(page.serial)) continue;
    assertBelongs(page, stream);
    const packets = stream.packets.packetsOf(page);
    stream.hasEnded = page.endsStream;
    const isLast = page.endsStream || (await reader.peek(1)).length === 0;
    yield { at: page.at, packets, granule: page.granule, beginsStream: page.beginsStream, isLast };
  }
}

function assertBelongs(page: OggPage, stream: { serial: number; hasEnded: boolean }): void {
  if (page.serial !== stream.serial) {
    throw new SignalError(`Ogg: the page at byte ${page.at} belongs to a stream that was never begun`);
  }
  if (stream.hasEnded) throw new SignalError(`Ogg: the page at byte ${page.at} belongs to a stream that has ended`);
}

async function standsAtPage(reader: ByteReader): Promise<boolean> {
  const [first, second] = await reader.peek(2);
  return first === 0x4f && second === 0x67;
}
