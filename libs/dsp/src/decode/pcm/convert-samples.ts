import { assertChannel, type ChannelChoice } from '../../channel-choice.js';
import { newKernels, type Kernels } from '../../kernels/kernels.js';
import { SignalError } from '../../signal-error.js';
import { conversionTable, tableBytes } from './conversion-table.js';
import type { SampleLayout } from './sample-layout.js';

/** At most what can be converted at once: this many bytes, and this many frames. */
export const mostContentBytes = 131_072;
export const mostFrames = 65_536;

/** Vectors are read and written whole, up to this many bytes beyond the last sample. */
const slack = 64;
const tableAt = 0;
const contentAt = tableAt + tableBytes;
const samplesAt = contentAt + mostContentBytes + slack;
const monoAt = samplesAt + 4 * mostContentBytes + slack;
const memoryBytes = monoAt + 4 * mostFrames + slack;

/** Converts whole frames (what follows the last one is ignored) to floats, which the next call overwrites. */
export type Converter = (content: Uint8Array) => Float32Array;

/**
 * What turns the bytes of a file's samples into floats of the chosen channel, or of `all`, interleaved. Integers are
 * divided by half their range.
 *
 * @param format named in errors
 * @throws SignalError if there is no such channel; the converter throws it for a float that is not finite
 */
export function newConverter(
  format: string,
  layout: SampleLayout,
  channels: number,
  choice: ChannelChoice | 'all',
): Converter {
  if (choice !== 'all') assertChannel(choice, channels);
  const width = choice === 'all' ? channels : 1;
  const frameBytes = layout.sampleBytes * channels;
  const convert = conversion(layout, channels, choice);
  let framesBefore = 0;
  let block = new Float32Array(0);
  return (content) => {
    const place = (workplace ??= newWorkplace());
    const frames = Math.floor(content.length / frameBytes);
    place.bytes.set(content.subarray(0, frames * frameBytes), contentAt);
    const at = convert(place, frames);
    const length = frames * width;
    if (block.length < length) block = new Float32Array(length);
    block.set(place.floats.subarray(at / 4, at / 4 + length));
    const made = block.subarray(0, length);
    if (layout.encoding === 'float' && !place.kernels.areFinite(at, length)) {
      const wrong = made.findIndex((sample) => !Number.isFinite(sample));
      throw new SignalError(`${format}: frame ${framesBefore + Math.floor(wrong / width)} is no finite number`);
    }
    framesBefore += frames;
    return made;
  };
}

let workplace: Workplace | undefined;

interface Workplace {
  kernels: Kernels;
  bytes: Uint8Array;
  floats: Float32Array;
}

/** One for all recordings: a conversion is never interrupted, and leaves nothing behind that is still needed. */
function newWorkplace(): Workplace {
  const kernels = newKernels(memoryBytes);
  const { buffer } = kernels.memory;
  return { kernels, bytes: new Uint8Array(buffer), floats: new Float32Array(buffer) };
}

/** Converts the frames at `contentAt`, and returns where it left the samples. */
type Conversion = (place: Workplace, frames: number) => number;

function conversion(layout: SampleLayout, channels: number, choice: ChannelChoice | 'all'): Conversion {
  const convert = conversionOfAll(layout, channels);
  if (channels === 1 || choice === 'all') return convert;
  if (choice !== 'mean') {
    return (place, frames) => {
      place.kernels.pickChannel(convert(place, frames), monoAt, frames, channels, choice);
      return monoAt;
    };
  }
  if (layout.encoding === 'signed' && layout.sampleBytes === 2 && layout.littleEndian) {
    return ({ kernels }, frames) => {
      kernels.meanOfInt16(contentAt, monoAt, frames, channels);
      return monoAt;
    };
  }
  return (place, frames) => {
    place.kernels.meanOfFloats(convert(place, frames), monoAt, frames, channels);
    return monoAt;
  };
}

function conversionOfAll(layout: SampleLayout, channels: number): Conversion {
  const { encoding, sampleBytes } = layout;
  const table = conversionTable(layout);
  const flip = encoding === 'unsigned' ? 0x80000000 : 0;
  return ({ kernels, bytes }, frames) => {
    const count = frames * channels;
    bytes.set(table, tableAt);
    if (encoding === 'a-law' || encoding === 'mu-law') kernels.convertCodes(contentAt, samplesAt, count, tableAt);
    else if (encoding !== 'float') kernels.convertIntegers(contentAt, samplesAt, count, sampleBytes, tableAt, flip);
    else if (sampleBytes === 4) kernels.convertFloats32(contentAt, samplesAt, count, tableAt);
    else kernels.convertFloats64(contentAt, samplesAt, count, tableAt);
    return samplesAt;
  };
}
