import { describe, expect, it } from '@jest/globals';
import { inPieces } from '../../../test-support/in-pieces.js';
import { largestError } from '../../../test-support/largest-error.js';
import { noise } from '../../../test-support/signals.js';
import { ascii, bytesOf, joined, wavFile, type WavFileParts } from '../../../test-support/wav-file.js';
import { decodeRecording } from '../decode-recording.js';

/** The integers that a file of ADPCM holds. */
async function integers(parts: Uint8Array[], format: WavFileParts) {
  const { samples } = await decodeRecording([wavFile(joined(parts), { bits: 4, ...format })]);
  return [...samples].map((sample) => sample * 2 ** 15);
}
const interleaved = (left: number[], right: number[]) => left.flatMap((value, i) => [value, right[i]!]);

describe('IMA ADPCM', () => {
  /** First sample 1000, step 20 (of 50); then the codes 7, 15, 0, 8, 4, 1, 2, 12, worked out by hand from the standard. */
  const [header, codes] = [Uint8Array.of(0xe8, 0x03, 20, 0), Uint8Array.of(0xf7, 0x80, 0x14, 0xc2)];
  const values = [1000, 1093, 894, 922, 896, 1109, 1194, 1324, 1111];
  /** First sample 32 767, largest step; then eight times the largest rise, which is cut off. */
  const [loudHeader, loudCodes] = [Uint8Array.of(0xff, 0x7f, 88, 0), new Uint8Array(4).fill(0x77)];
  const loudValues = Array<number>(9).fill(32_767);
  const ima = (parts: Uint8Array[], channels = 1) =>
    integers(parts, { formatTag: 0x11, channels, blockAlign: 8 * channels });

  it('is decoded from the header of each block', async () => {
    const blocks = [header, codes, loudHeader, loudCodes, header, codes];
    expect(await ima(blocks)).toEqual([...values, ...loudValues, ...values]);
  });

  it('keeps the channels apart', async () => {
    expect(await ima([header, loudHeader, codes, loudCodes], 2)).toEqual(interleaved(values, loudValues));
  });

  it('keeps what is whole of a last block that was cut short', async () => {
    expect(await ima([header, codes, loudHeader, loudCodes.subarray(1)])).toEqual([...values, 32_767]);
  });
});

describe("Microsoft's ADPCM", () => {
  /** Weights 0, step 16, the samples 1000 and, before it, 900; then the codes 1, 7, 8 and 15, worked out by hand. */
  const block = Uint8Array.of(0, 16, 0, 0xe8, 0x03, 0x84, 0x03, 0x17, 0x8f);
  const values = [900, 1000, 1016, 1128, 824, 710];
  /** The same on the left; on the right weights 1, step 16, the samples -100 and 0, and four codes of 0. */
  const words = [16, 16, 1000, -100, 900, 0];
  const stereo = joined([Uint8Array.of(0, 1), bytesOf(Int16Array.from(words)), Uint8Array.of(0x10, 0x70, 0x80, 0xf0)]);
  const ms = (parts: Uint8Array[], channels = 1) =>
    integers(parts, { formatTag: 2, channels, blockAlign: 5 * channels + 4 * channels });

  it('is decoded from the header of each block', async () => {
    expect(await ms([block, block])).toEqual([...values, ...values]);
  });

  it('keeps the channels apart', async () => {
    expect(await ms([stereo], 2)).toEqual(interleaved(values, [0, -100, -200, -300, -400, -500]));
  });

  it('keeps what is there of a last block that was cut short', async () => {
    expect(await ms([block, block.subarray(0, 8)])).toEqual([...values, ...values.slice(0, 4)]);
  });

  it('is refused where it names weights that there are not', async () => {
    await expect(ms([block, block.map((byte, i) => (i === 0 ? 7 : byte))])).rejects.toThrow(/names weights 7 of 7/);
  });
});

describe('ADPCM', () => {
  it.each([2, 0x11])('is the same however a file of codec %i is cut into pieces', async (formatTag) => {
    const channels = 3;
    const data = bytesOf(noise(12_000)).map((byte, i) => (i % 252 < 3 ? byte % 7 : byte));
    const bytes = wavFile(data, { formatTag, channels, bits: 4, blockAlign: 252 });
    const whole = await decodeRecording([bytes]);
    expect(whole.samples.length).toBeGreaterThan(80_000);
    expect(largestError((await decodeRecording(inPieces(bytes, 997))).samples, whole.samples)).toBe(0);
  });

  it.each<[number, WavFileParts]>([
    [0x11, { blockAlign: 5 }],
    [0x11, { blockAlign: 12, channels: 2 }],
    [0x11, { blockAlign: 65_532 }],
    [2, { blockAlign: 6 }],
  ])('of codec %i is refused in %j', async (formatTag, parts) => {
    const bytes = wavFile(new Uint8Array(99), { formatTag, bits: 4, ...parts });
    const message = new RegExp(
      `fmt chunk at byte 12 says that . channels of ADPCM come in blocks of ${parts.blockAlign}`,
    );
    await expect(decodeRecording([bytes])).rejects.toThrow(message);
  });

  it('is refused without a whole header of a block', async () => {
    const bytes = wavFile(ascii('IMA'), { formatTag: 0x11, bits: 4, blockAlign: 8 });
    await expect(decodeRecording([bytes])).rejects.toThrow(/the data chunk at byte 36 holds no full frame/);
  });
});
