import { SignalError } from '../../signal-error.js';
import type { AdpcmBlock } from './ima-adpcm.js';

/** What the last two samples of a channel weigh in the next one, in 256ths: seven pairs, of which a block names one. */
const weights = [
  [256, 0],
  [512, -256],
  [0, 0],
  [192, 64],
  [240, 0],
  [460, -208],
  [392, -232],
] as const;
/** How each code changes the size of the next step, in 256ths. */
const stepChanges = [230, 230, 230, 230, 307, 409, 512, 614, 768, 614, 512, 409, 307, 230, 230, 230];
const smallestStep = 16;
const headerBytes = 7;

/** How many frames a whole block of Microsoft's ADPCM holds; 0 if a block cannot be of that size. */
export function msFramesPerBlock(blockBytes: number, channels: number): number {
  const codeBytes = blockBytes - headerBytes * channels;
  return codeBytes < 0 ? 0 : 2 + Math.floor((codeBytes * 2) / channels);
}

/**
 * Decodes Microsoft's ADPCM (Multimedia Standards Update, 1994): a block opens with the pair of weights, the step and
 * two samples of every channel, then come codes of four bits, for each channel in turn.
 *
 * @throws SignalError if a channel's weights are not one of the seven pairs
 */
export const decodeMsBlock: AdpcmBlock = (block, planes, to) => {
  const channels = planes.length;
  const frames = msFramesPerBlock(block.length, channels);
  const view = new DataView(block.buffer, block.byteOffset, block.byteLength);
  for (let channel = 0; channel < channels && frames > 0; channel++) {
    const plane = planes[channel]!;
    const pair = weights[block[channel]!];
    if (!pair) throw new SignalError(`WAV: a block of ADPCM names weights ${block[channel]} of ${weights.length}`);
    const [lastWeight, earlierWeight] = pair;
    const word = (index: number) => view.getInt16(channels + (index * channels + channel) * 2, true);
    let step = word(0);
    let last = word(1);
    let earlier = word(2);
    plane[to] = earlier / 2 ** 15;
    plane[to + 1] = last / 2 ** 15;
    for (let frame = 2, at = channel; frame < frames; frame++, at += channels) {
      const byte = block[headerBytes * channels + (at >> 1)]!;
      const code = at % 2 === 0 ? byte >> 4 : byte & 15;
      const predicted = (last * lastWeight + earlier * earlierWeight) >> 8;
      earlier = last;
      last = Math.max(-32768, Math.min(32767, predicted + ((code << 28) >> 28) * step));
      step = Math.max(smallestStep, (step * stepChanges[code]!) >> 8);
      plane[to + frame] = last / 2 ** 15;
    }
  }
  return frames;
};
