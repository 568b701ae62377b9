import { describe, expect, it } from '@jest/globals';
import { inPieces } from '../../../test-support/in-pieces.js';
import { largestError } from '../../../test-support/largest-error.js';
import { recordingBytes } from '../../../test-support/recordings.js';
import { ascii, bigEndian, joined } from '../../../test-support/wav-file.js';
import { decodeRecording } from '../decode-recording.js';
import { openRecording } from '../open-recording.js';
import { crc16, crc8 } from './checksums.js';

const flac = recordingBytes('mono-8k-s16.flac');
const unknownLength = recordingBytes('stereo-16k-plain-unknown-length.flac');
const samplesOf = async (file: Uint8Array) => (await decodeRecording([file])).samples;
const decoding = (file: Uint8Array) => decodeRecording([file]);
/** A copy with some bytes changed. */
const changed = (file: Uint8Array, change: (copy: Uint8Array) => void) => {
  const copy = file.slice();
  change(copy);
  return copy;
};
const [magicBytes, streamInfoBytes] = [4, 38];
/** Where the frames start, by the header that each but the first repeats. */
const frames = (file: Uint8Array) => {
  const found: number[] = [];
  for (let at = 42; at < file.length; at++) if (file[at] === 0xff && file[at + 1] === 0xf8) found.push(at);
  return found;
};
const metadataBlock = (type: number, length: number) => Uint8Array.of(type, length >> 16, length >> 8, length);

describe('openFlac', () => {
  it('passes over pictures without holding them, and over an ID3 tag', async () => {
    const head = changed(flac.subarray(0, magicBytes + streamInfoBytes), (copy) => (copy[4]! &= 0x7f));
    const rest = flac.subarray(head.length);
    const length = 2 ** 24 - 1;
    function* source() {
      yield ascii('ID3\x04\0\0\0\0\x01\x00');
      yield new Uint8Array(128);
      yield head;
      for (let picture = 0; picture < 4; picture++) {
        yield metadataBlock(6, length);
        for (let left = length; left > 0; left -= 2 ** 16) yield new Uint8Array(Math.min(left, 2 ** 16));
      }
      yield rest;
    }
    expect(largestError((await decodeRecording(source())).samples, await samplesOf(flac))).toBe(0);
  });

  it('names the frame that is damaged, wherever a bit is wrong in it', async () => {
    const [first, next] = frames(unknownLength) as [number, number];
    for (let at = next; at < next + 60; at++) {
      const damaged = decoding(changed(unknownLength, (copy) => (copy[at]! ^= 4)));
      await expect(damaged).rejects.toThrow(`FLAC: the frame at byte ${next} `);
    }
    const without = joined([unknownLength.subarray(0, first), unknownLength.subarray(next)]);
    await expect(decoding(without)).rejects.toThrow(`the frame at byte ${first} is number 1, and number 0 was to come`);
  });

  it('gives the whole frames of a file that was cut short', async () => {
    const [, next] = frames(unknownLength) as [number, number];
    const whole = await samplesOf(unknownLength);
    const cut = await samplesOf(unknownLength.subarray(0, unknownLength.length - 1));
    expect(cut.length).toBeLessThan(whole.length);
    expect(largestError(cut, whole.subarray(0, cut.length))).toBe(0);
    await expect(decoding(unknownLength.subarray(0, next - 1))).rejects.toThrow('FLAC: the file holds no whole frame');
  });

  it('looks no further ahead after a long frame than a short one needs', async () => {
    const frame = (number: number, length: number) => {
      const header = [0xff, 0xf8, 0x70, 0x08, number, (length - 1) >> 8, (length - 1) & 255];
      const checked = Uint8Array.from([...header, crc8(Uint8Array.from(header)), 2]);
      const content = joined([checked, new Uint8Array(2 * length)]);
      return joined([content, bigEndian(2, crc16(content))]);
    };
    const head = changed(unknownLength.subarray(0, 42), (copy) => {
      copy[4] = 0x80;
      // 16 bits, mono.
      copy.set([copy[20]! & 0xf0, 0xf0], 20);
    });
    const short = Array.from({ length: 120 }, (_, i) => frame(i + 1, 4000));
    const file = joined([head, frame(0, 65_536), ...short]);
    let given = 0;
    async function* source() {
      for await (const piece of inPieces(file, 4096)) {
        given += piece.length;
        yield piece;
      }
    }
    const blocks = (await openRecording(source())).blocks('all');
    await blocks.next();
    await blocks.next();
    const afterLong = given;
    for (let i = 0; i < 20; i++) expect((await blocks.next()).done).toBe(false);
    expect(given).toBe(afterLong);
    expect(given).toBeLessThan(file.length);
  });

  it('refuses more than 1,000 blocks before the first frame, and tags before them', async () => {
    const [head, rest] = [flac.subarray(0, magicBytes + streamInfoBytes), flac.subarray(magicBytes + streamInfoBytes)];
    const open = changed(head, (copy) => (copy[4]! &= 0x7f));
    const blocks = Array<Uint8Array>(1000).fill(metadataBlock(1, 0));
    await expect(decoding(joined([open, ...blocks, rest]))).rejects.toThrow(
      'FLAC: the first 1000 blocks, up to byte 4038, hold no frame',
    );
    const tags = Array<Uint8Array>(1001).fill(ascii('ID3\x04\0\0\0\0\0\0'));
    await expect(decoding(joined([...tags, flac]))).rejects.toThrow('MP3: the file starts with more than 1000 tags');
    expect(await samplesOf(joined([...tags.slice(1), flac]))).toHaveLength(3200);
  });

  it('gives as many samples as are announced', async () => {
    const fewer = changed(flac, (copy) => new DataView(copy.buffer).setUint32(22, 1000));
    expect(largestError(await samplesOf(fewer), (await samplesOf(flac)).subarray(0, 1000))).toBe(0);
    expect(await samplesOf(joined([flac, ascii('TAG and the like')]))).toHaveLength(3200);
    await expect(decoding(joined([unknownLength, new Uint8Array(100)]))).rejects.toThrow(
      /does not start as a frame must/,
    );
  });

  it.each<[string, (copy: Uint8Array) => void, RegExp]>([
    ['another first block', (copy) => (copy[4] = 4), /^FLAC: the first block, at byte 4, is not STREAMINFO$/],
    ['a first block cut short', (copy) => (copy[7] = 33), /^FLAC: the STREAMINFO block at byte 4 is cut short$/],
    ['no sample rate', (copy) => copy.fill(0, 18, 20), /says that there are 0 samples a second/],
    [
      'samples of one bit',
      (copy) => copy.set([copy[20]! & 0xfe, copy[21]! & 0x0f], 20),
      /says that a sample has 1 bits/,
    ],
    ['another rate than its frames', (copy) => (copy[18] = 2), /is of another form than the file's first block says/],
  ])('refuses a file with %s', async (_, change, message) => {
    await expect(decoding(changed(flac, change))).rejects.toThrow(message);
  });
});
