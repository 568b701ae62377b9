import { describe, expect, it } from '@jest/globals';
import { largestError } from '../../../test-support/largest-error.js';
import { recordingBytes } from '../../../test-support/recordings.js';
import { seeded } from '../../../test-support/signals.js';
import { ascii, joined } from '../../../test-support/wav-file.js';
import { decodeRecording } from '../decode-recording.js';

const mp3 = recordingBytes('stereo-44k.mp3');
/** Of constant bit rate, without the header that tells delay and padding: 209 or 208 bytes a frame, 1152 samples each. */
const plain = recordingBytes('stereo-44k-no-header.mp3');
const samplesOf = async (file: Uint8Array) => (await decodeRecording([file])).samples;
const decoding = (file: Uint8Array) => decodeRecording([file]);
const randomBytes = (length: number) => {
  const random = seeded(7);
  return Uint8Array.from({ length }, () => random() * 256);
};

describe('openMp3', () => {
  it('passes over tags on both sides, and over zeros', async () => {
    const length = 100 * 2 ** 20;
    function* source() {
      yield ascii('ID3\x04\0\0');
      yield Uint8Array.of(length >> 21, (length >> 14) & 127, (length >> 7) & 127, length & 127);
      for (let left = length; left > 0; left -= 2 ** 20) yield new Uint8Array(2 ** 20).fill(0xff);
      yield new Uint8Array(3000);
      yield mp3;
      yield joined([ascii('APETAGEX'), new Uint8Array(100_000).fill(0xff)]);
    }
    const whole = await samplesOf(mp3);
    expect(largestError((await decodeRecording(source())).samples, whole)).toBe(0);
    expect(largestError(await samplesOf(joined([mp3, new Uint8Array(60_000)])), whole)).toBe(0);
  });

  it('resumes after up to 1 KiB of what is no frame', async () => {
    const interrupted = joined([plain.subarray(0, 1000), randomBytes(300), plain.subarray(1000)]);
    expect(await samplesOf(interrupted)).toHaveLength((await samplesOf(plain)).length);
    const lost = joined([plain.subarray(0, 1000), randomBytes(5000), plain.subarray(1000)]);
    await expect(decoding(lost)).rejects.toThrow(/^MP3: no frames follow one another at byte 1044, nor soon after$/);
  });

  it('gives the whole frames of a file that was cut short', async () => {
    const whole = await samplesOf(plain);
    const cut = await samplesOf(plain.subarray(0, plain.length - 1));
    expect(cut).toHaveLength(whole.length - 2 * 1152);
    expect(largestError(cut, whole.subarray(0, cut.length))).toBe(0);
  });

  it('reads two files in a row, if they are of one form', async () => {
    expect(await samplesOf(joined([plain, plain]))).toHaveLength(2 * (await samplesOf(plain)).length);
    await expect(decoding(joined([plain, recordingBytes('mono-8k.mp3')]))).rejects.toThrow(
      /^MP3: the frame at byte \d+ changes the form from layer 3, 44100 Hz, 2 channels, to layer 3, 8000 Hz, 1 channels$/,
    );
  });

  it.each<[string, Uint8Array]>([
    ['random bytes', joined([Uint8Array.of(0xff, 0xfb), randomBytes(200_000)])],
    ['bytes that are all alike', new Uint8Array(200_000).fill(0xff)],
    ['the same header everywhere', new Uint8Array(100_000).map((_, i) => [0xff, 0xfb, 0x90, 0x00][i % 4]!)],
    ['UTF-16 text', Uint8Array.from({ length: 10_000 }, (_, i) => [0xff, 0xfe, 65, 0][i < 2 ? i : 2 + (i % 2)]!)],
    ['a text about ID3', ascii('ID3 is a tag format. '.repeat(5000))],
  ])('refuses %s', async (_, bytes) => {
    await expect(decoding(bytes)).rejects.toThrow(/^MP3: no frames follow one another at byte \d+, nor soon after$/);
  });
});
