import { describe, expect, it } from '@jest/globals';
import { aiffChunk } from '../../../test-support/aiff-file.js';
import { ascii, bigEndian, bytesOf, chunk, joined, swapped, wavFile } from '../../../test-support/wav-file.js';
import { decodeRecording } from '../decode-recording.js';

const samples = [0, 0.5, -0.5, 0.75, -1, 0.25];
const little16 = bytesOf(Int16Array.from(samples, (sample) => sample * 2 ** 15));
const decoded = async (bytes: Uint8Array) => [...(await decodeRecording([bytes])).samples];

/** A file of wide sizes: its data chunk claims 2^32 - 1 bytes, and another chunk follows it. */
function wideFile(id: string, dataBytes: bigint) {
  const sizes = chunk('ds64', bytesOf(BigUint64Array.of(0n, dataBytes, 0n, 0n)).subarray(0, 28));
  const after = [chunk('LIST', ascii('not samples.'))];
  const bytes = wavFile(little16, { before: [sizes], claimedSize: 0xffffffff, after });
  bytes.set(ascii(id));
  return bytes;
}

/** A file whose numbers have their highest byte first. */
function rifx(data: Uint8Array, codec: number, sampleBytes: number, extension = new Uint8Array()) {
  const rate = 8000;
  const words = [bigEndian(2, codec), bigEndian(2, 1), bigEndian(4, rate), bigEndian(4, rate * sampleBytes)];
  const format = joined([...words, bigEndian(2, sampleBytes), bigEndian(2, 8 * sampleBytes), extension]);
  return joined([ascii('RIFX....WAVE'), aiffChunk('fmt ', format), aiffChunk('data', data)]);
}

describe('the chunks of', () => {
  it.each(['RF64', 'BW64'])('%s give sizes of 64 bits', async (id) => {
    expect(await decoded(wideFile(id, 12n))).toEqual(samples);
    expect(await decoded(wideFile(id, 8n))).toEqual(samples.slice(0, 4));
  });

  it.each([0n, 0xffffffffffffffffn])('RF64 give the rest of the file where the size was left at %i', async (size) => {
    expect((await decoded(wideFile('RF64', size))).slice(0, 6)).toEqual(samples);
  });

  it('RIFX give every number with its highest byte first', async () => {
    expect(await decoded(rifx(swapped(little16, 2), 1, 2))).toEqual(samples);
    const floats = swapped(bytesOf(Float32Array.from(samples)), 4);
    expect(await decoded(rifx(floats, 3, 4))).toEqual(samples);
    const guid = [0, 0, 0, 3, 0, 0, 0, 0x10, 0x80, 0, 0, 0xaa, 0, 0x38, 0x9b, 0x71];
    const extension = Uint8Array.of(0, 22, 0, 32, 0, 0, 0, 0, ...guid);
    expect(await decoded(rifx(floats, 0xfffe, 4, extension))).toEqual(samples);
  });

  it('RIFX are refused with ADPCM, which has lowest bytes first', async () => {
    await expect(decoded(rifx(little16, 0x11, 8))).rejects.toThrow(/blocks of 8 bytes, big-endian/);
  });

  it('a file are refused where a size that lies hides the samples', async () => {
    const bytes = joined([
      ascii('RIFF....WAVE'),
      chunk('junk', new Uint8Array(4), 0xfffffff0),
      wavFile(little16).subarray(12),
    ]);
    await expect(decoded(bytes)).rejects.toThrow(`the file ends at byte ${bytes.length}, before any data chunk`);
  });

  it('a file are refused where a thousand hold no samples', async () => {
    const bytes = joined([ascii('RIFF....WAVE'), new Uint8Array(9000)]);
    await expect(decoded(bytes)).rejects.toThrow('the first 1000 chunks, up to byte 8012, hold no samples');
  });
});
