import { SignalError } from '../../signal-error.js';
import type { ByteReader } from '../byte-reader.js';
import type { OpenedFormat } from '../open-recording.js';
import { chosenBlocks, type Planes } from '../planes.js';
import { decodeImaBlock, imaFramesPerBlock, type AdpcmBlock } from './ima-adpcm.js';
import { decodeMsBlock, msFramesPerBlock } from './ms-adpcm.js';
import type { WavHeader } from './riff-chunks.js';
import type { WavFormat } from './wav-format.js';

const codecs = {
  'ima-adpcm': { framesPerBlock: imaFramesPerBlock, decode: decodeImaBlock },
  'ms-adpcm': { framesPerBlock: msFramesPerBlock, decode: decodeMsBlock },
};
/** Small blocks are decoded together, up to this many samples. */
const samplesAtOnce = 65_536;
const mostFrames = 65_536;

/**
 * A WAV file of four bits a sample, which come in blocks that can be decoded each by itself.
 *
 * @throws SignalError if blocks cannot be of the size that the header gives
 */
export function adpcmRecording(
  reader: ByteReader,
  codec: keyof typeof codecs,
  format: WavFormat,
  header: WavHeader,
): OpenedFormat {
  const { sampleRate, channels, blockAlign } = format;
  const frames = header.littleEndian ? codecs[codec].framesPerBlock(blockAlign, channels) : 0;
  if (frames === 0 || frames > mostFrames) {
    const blocks = `${channels} channels of ADPCM come in blocks of ${blockAlign} bytes`;
    const order = header.littleEndian ? '' : ', big-endian';
    throw new SignalError(`WAV: the fmt chunk at byte ${header.formatAt} says that ${blocks}${order}`);
  }
  const form = { format: 'WAV', sampleRate, channels };
  const framesAtHand = frames * Math.floor(Math.min(header.dataBytes, reader.atHand) / blockAlign);
  const parts = () => decodedParts(reader, codecs[codec].decode, format, frames, header);
  return { ...form, framesAtHand, blocks: (choice) => chosenBlocks(form, choice, parts(), reader) };
}

async function* decodedParts(
  reader: ByteReader,
  decode: AdpcmBlock,
  { channels, blockAlign }: WavFormat,
  framesPerBlock: number,
  { dataAt, dataBytes }: WavHeader,
): AsyncGenerator<Planes, void> {
  const blocksAtOnce = Math.max(1, Math.floor(samplesAtOnce / (framesPerBlock * channels)));
  const planes = Array.from({ length: channels }, () => new Float32Array(framesPerBlock * blocksAtOnce));
  let done = 0;
  for (;;) {
    const content = await reader.read(Math.min(dataBytes - done, blockAlign * blocksAtOnce));
    let frames = 0;
    for (let at = 0; at < content.length; at += blockAlign) {
      frames += decode(content.subarray(at, at + blockAlign), planes, frames);
    }
    if (frames === 0) break;
    yield { channels: planes, from: 0, to: frames };
    done += content.length;
  }
  if (done === 0) throw new SignalError(`WAV: the data chunk at byte ${dataAt} holds no full frame`);
}
