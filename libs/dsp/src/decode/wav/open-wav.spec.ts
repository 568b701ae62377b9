import { describe, expect, it } from '@jest/globals';
import { ascii, bytesOf, chunk, joined, wavFile, type WavFileParts } from '../../../test-support/wav-file.js';
import { SignalError } from '../../signal-error.js';
import { decodeRecording } from '../decode-recording.js';

const samples = [0, 0.5, -0.5, 0.75, -1, 0.25];
const integers = (bits: number) => samples.map((sample) => sample * 2 ** (bits - 1));
const signed16 = bytesOf(Int16Array.from(integers(16)));

/** Little-endian integers of any number of bytes, whose lowest bits are 0. */
function wideIntegers(sampleBytes: number): Uint8Array {
  const upper = bytesOf(Int16Array.from(integers(16)));
  const place = sampleBytes - 2;
  return joined(samples.map((_, i) => joined([new Uint8Array(place), upper.subarray(2 * i, 2 * i + 2)])));
}

const decoded = (bytes: Uint8Array) => decodeRecording([bytes]);

/** What WAVE_FORMAT_EXTENSIBLE adds to the fmt chunk: valid bits, which speakers, and a GUID that starts with the codec. */
const extensible = (tag: number, restOfGuid: number[]) =>
  Uint8Array.of(22, 0, 32, 0, 0, 0, 0, 0, tag, 0, 0, 0, ...restOfGuid);
const guidOfMedia = [0, 0, 0x10, 0, 0x80, 0, 0, 0xaa, 0, 0x38, 0x9b, 0x71];

describe('openWav', () => {
  it.each<[string, Uint8Array, WavFileParts]>([
    ['8-bit integers, which are unsigned', Uint8Array.from(integers(8), (value) => value + 128), { bits: 8 }],
    ['16-bit integers', signed16, {}],
    ['24-bit integers', wideIntegers(3), { bits: 24 }],
    ['32-bit integers', wideIntegers(4), { bits: 32 }],
    ['64-bit integers', wideIntegers(8), { bits: 64 }],
    ['20 bits at the top of three bytes', wideIntegers(3), { bits: 20 }],
    ['24 bits at the top of four bytes', wideIntegers(4), { bits: 24, blockAlign: 4 }],
    ['32-bit floats', bytesOf(Float32Array.from(samples)), { formatTag: 3, bits: 32 }],
    ['64-bit floats', bytesOf(Float64Array.from(samples)), { formatTag: 3, bits: 64 }],
  ])('reads %s', async (_, data, parts) => {
    expect(await decoded(wavFile(data, parts))).toEqual({
      sampleRate: 8000,
      channels: 1,
      samples: Float32Array.from(samples),
    });
  });

  it.each([6, 7])('takes a byte for a sample of codec %i, though the header speaks of 16 bits', async (formatTag) => {
    const told = await decoded(wavFile(signed16, { formatTag, bits: 8 }));
    expect(told.samples).toHaveLength(12);
    expect(await decoded(wavFile(signed16, { formatTag, bits: 16, blockAlign: 1 }))).toEqual(told);
  });

  it.each([1, 2, 3, 6])('keeps %i channels interleaved', async (channels) => {
    const recording = await decoded(wavFile(signed16, { channels, sampleRate: 44_100 }));
    expect(recording).toEqual({ sampleRate: 44_100, channels, samples: Float32Array.from(samples) });
  });

  it('finds the codec of WAVE_FORMAT_EXTENSIBLE in its GUID', async () => {
    const extension = extensible(3, guidOfMedia);
    const floats = bytesOf(Float32Array.from(samples));
    const file = wavFile(floats, { formatTag: 0xfffe, bits: 32, formatExtension: extension });
    expect((await decoded(file)).samples).toEqual(Float32Array.from(samples));
  });

  it('passes over other chunks, those of odd size with their padding', async () => {
    const before = [chunk('LIST', ascii('odd')), chunk('bext', ascii('even'))];
    const after = [chunk('id3 ', ascii('tail'))];
    expect((await decoded(wavFile(signed16, { before, after }))).samples).toEqual(Float32Array.from(samples));
  });

  it('reads bytes that start at an odd offset of their buffer', async () => {
    const file = joined([Uint8Array.of(0), wavFile(signed16)]).subarray(1);
    expect((await decoded(file)).samples).toEqual(Float32Array.from(samples));
  });

  it.each([0, 0xffffffff])('takes the rest of the file when a recorder left the size at %i', async (claimedSize) => {
    expect((await decoded(wavFile(signed16, { claimedSize }))).samples).toHaveLength(samples.length);
  });

  it('gives the whole frames of a file that was cut short', async () => {
    const cut = wavFile(signed16, { channels: 2, claimedSize: 4_000_000_000 }).subarray(0, -3);
    expect((await decoded(cut)).samples).toEqual(Float32Array.from(samples.slice(0, 4)));
  });

  it.each<[string, Uint8Array, RegExp]>([
    ['a header alone', wavFile(signed16).subarray(0, 36), /ends at byte 36, before any data chunk/],
    [
      'a data chunk without a full frame',
      wavFile(signed16).subarray(0, 45),
      /data chunk at byte 36 holds no full frame/,
    ],
    ['an empty data chunk', wavFile(new Uint8Array()), /holds no full frame/],
    ['no fmt chunk', joined([ascii('RIFF....WAVE'), chunk('data', signed16)]), /at byte 12 comes before any fmt chunk/],
    [
      'a short fmt chunk',
      joined([ascii('RIFF....WAVE'), chunk('fmt ', signed16), chunk('data', signed16)]),
      /fmt chunk at byte 12 holds 12 bytes/,
    ],
    ['no channels', wavFile(signed16, { channels: 0, blockAlign: 2 }), /0 channels/],
    ['a sample rate of 0', wavFile(signed16, { sampleRate: 0 }), /0 samples a second/],
    ['a codec like MP3', wavFile(signed16, { formatTag: 0x55 }), /codec 0x55 \(MP3\), which is not supported/],
    ['2,000 channels', wavFile(signed16, { channels: 2000 }), /2000 channels; 1 to 1024 are supported/],
    [
      'an extensible fmt chunk cut short',
      wavFile(signed16, { formatTag: 0xfffe, formatExtension: extensible(1, []) }),
      /holds 28 bytes; an extensible one needs 40/,
    ],
    [
      'a GUID that starts like that of integers',
      wavFile(signed16, { formatTag: 0xfffe, formatExtension: extensible(1, Array<number>(12).fill(7)) }),
      /codec \{00000001-0707-0707-0707-070707070707\}, which is not/,
    ],
    ['integers of 72 bits', wavFile(signed16, { bits: 72 }), /takes 9 bytes/],
    ['floats of 16 bits', wavFile(signed16, { formatTag: 3 }), /\(float\) takes 2 bytes/],
    [
      'a float that is no number',
      wavFile(bytesOf(Float32Array.of(0, NaN)), { formatTag: 3, bits: 32 }),
      /WAV: frame 1 is no finite number/,
    ],
    [
      'an infinite float',
      wavFile(bytesOf(Float64Array.of(Infinity)), { formatTag: 3, bits: 64 }),
      /WAV: frame 0 is no finite number/,
    ],
  ])('refuses %s', async (_, bytes, message) => {
    const refusal = expect(decoded(bytes)).rejects;
    await refusal.toThrow(SignalError);
    await refusal.toThrow(message);
  });
});
