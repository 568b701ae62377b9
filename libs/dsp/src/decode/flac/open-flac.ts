import { SignalError } from '../../signal-error.js';
import type { ByteReader } from '../byte-reader.js';
import type { OpenFormat } from '../open-recording.js';
import { chosenBlocks, type Planes } from '../planes.js';
import { FlacFrameDecoder } from './frame-decoder.js';
import { parseStreamInfo, type StreamInfo } from './stream-info.js';

/** Far more than any encoder writes. A file of nothing but empty blocks would take long to pass over. */
const mostBlocks = 1000;
/** Bytes that are looked at for a frame, at first and at most; 8 channels of 65,536 plain samples need 2.1 MiB. */
const [usualFrameBytes, mostFrameBytes] = [2 ** 15, 2 ** 22];

/**
 * Opens a FLAC file (RFC 9639): 4 to 32 bits, 1 to 8 channels. Every frame is checked (checksums, number, range) before
 * it is given; the MD5 sum of the whole is not. A file that was cut short gives its whole frames; what follows the
 * announced number of samples is not looked at.
 *
 * @throws SignalError if it is no FLAC file, or its first block is broken
 */
export const openFlac: OpenFormat = async (reader) => {
  const info = await readMetadata(reader);
  const form = { format: 'FLAC', sampleRate: info.sampleRate, channels: info.channels };
  return { ...form, blocks: (choice) => chosenBlocks(form, choice, decodedFrames(reader, info), reader) };
};

/** The first block; the others, such as pictures, are passed over without being held. */
async function readMetadata(reader: ByteReader): Promise<StreamInfo> {
  const start = reader.position;
  const [f, l, a, c] = await reader.read(4);
  if (f !== 0x66 || l !== 0x4c || a !== 0x61 || c !== 0x43) {
    throw new SignalError(`FLAC: the file has no FLAC header at byte ${start}`);
  }
  let info: StreamInfo | null = null;
  for (let [isLast, count] = [false, 0]; !isLast; count++) {
    const at = reader.position;
    if (count === mostBlocks) throw new SignalError(`FLAC: the first ${count} blocks, up to byte ${at}, hold no frame`);
    const header = await reader.read(4);
    if (header.length < 4) throw new SignalError(`FLAC: the file ends at byte ${reader.position}, before any frame`);
    isLast = header[0]! >= 0x80;
    const isStreamInfo = (header[0]! & 0x7f) === 0;
    const length = (header[1]! << 16) | (header[2]! << 8) | header[3]!;
    if (!info && !isStreamInfo) throw new SignalError(`FLAC: the first block, at byte ${at}, is not STREAMINFO`);
    if (!info) info = parseStreamInfo(await reader.read(length), at);
    else await reader.skip(length);
  }
  return info!;
}

async function* decodedFrames(reader: ByteReader, info: StreamInfo): AsyncGenerator<Planes, void> {
  const decoder = new FlacFrameDecoder(info);
  let wanted = usualFrameBytes;
  let framesLeft = info.totalFrames;
  while (framesLeft > 0) {
    const bytes = await reader.peek(wanted);
    if (bytes.length === 0) return;
    const frame = decoder.decode(bytes, `FLAC: the frame at byte ${reader.position}`);
    if (frame) {
      yield { ...frame, to: Math.min(frame.to, framesLeft) };
      framesLeft -= frame.to;
      await reader.skip(frame.bytes);
      wanted = Math.max(usualFrameBytes, 2 * frame.bytes);
    } else if (bytes.length < wanted) return;
    else if (wanted >= mostFrameBytes) {
      throw new SignalError(`FLAC: the frame at byte ${reader.position} is longer than ${mostFrameBytes} bytes`);
    } else wanted *= 2;
  }
}
