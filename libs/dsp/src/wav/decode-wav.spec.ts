import { describe, expect, it } from '@jest/globals';
import { ascii, bytesOf, chunk, joined, wavFile, type WavFileParts } from '../../test-support/wav-file.js';
import { SignalError } from '../signal-error.js';
import { decodeWav } from './decode-wav.js';

const samples = [0, 0.5, -0.5, 0.75, -1, 0.25];
const integers = (bits: number) => samples.map((sample) => sample * 2 ** (bits - 1));
const signed16 = bytesOf(Int16Array.from(integers(16)));

/** Little-endian integers of any number of bytes, whose lowest bits are 0. */
function wideIntegers(sampleBytes: number): Uint8Array {
  const upper = bytesOf(Int16Array.from(integers(16)));
  const place = sampleBytes - 2;
  return joined(samples.map((_, i) => joined([new Uint8Array(place), upper.subarray(2 * i, 2 * i + 2)])));
}

describe('decodeWav', () => {
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
  ])('reads %s', (_, data, parts) => {
    expect(decodeWav(wavFile(data, parts))).toEqual({
      sampleRate: 8000,
      channels: 1,
      samples: Float32Array.from(samples),
    });
  });

  it.each([1, 2, 3, 6])('keeps %i channels interleaved', (channels) => {
    const recording = decodeWav(wavFile(signed16, { channels, sampleRate: 44_100 }));
    expect(recording).toEqual({ sampleRate: 44_100, channels, samples: Float32Array.from(samples) });
  });

  it('finds the codec of WAVE_FORMAT_EXTENSIBLE in its GUID', () => {
    const extension = joined([Uint8Array.of(22, 0, 32, 0, 0, 0, 0, 0, 3, 0), new Uint8Array(14)]);
    const floats = bytesOf(Float32Array.from(samples));
    const file = wavFile(floats, { formatTag: 0xfffe, bits: 32, formatExtension: extension });
    expect(decodeWav(file).samples).toEqual(Float32Array.from(samples));
  });

  it('passes over other chunks, those of odd size with their padding', () => {
    const before = [chunk('LIST', ascii('odd')), chunk('bext', ascii('even'))];
    const after = [chunk('id3 ', ascii('tail'))];
    expect(decodeWav(wavFile(signed16, { before, after })).samples).toEqual(Float32Array.from(samples));
  });

  it('reads bytes that start at an odd offset of their buffer', () => {
    const file = joined([Uint8Array.of(0), wavFile(signed16)]).subarray(1);
    expect(decodeWav(file).samples).toEqual(Float32Array.from(samples));
  });

  it.each([0, 0xffffffff])('takes the rest of the file when a recorder left the size at %i', (claimedSize) => {
    expect(decodeWav(wavFile(signed16, { claimedSize })).samples).toHaveLength(samples.length);
  });

  it('gives the whole frames of a file that was cut short', () => {
    const cut = wavFile(signed16, { channels: 2, claimedSize: 4_000_000_000 }).subarray(0, -3);
    expect(decodeWav(cut).samples).toEqual(Float32Array.from(samples.slice(0, 4)));
  });

  it.each<[string, Uint8Array, RegExp]>([
    ['nothing', new Uint8Array(), /the file is empty/],
    ['text', ascii('RIFFs are what guitars play'), /RIFF\/WAVE header/],
    ['big-endian RIFX', ascii('RIFX....WAVE'), /a big-endian RIFX file, which is not supported/],
    ['FLAC', ascii('fLaC............'), /a FLAC file/],
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
      joined([ascii('RIFF....WAVE'), chunk('fmt ', signed16)]),
      /fmt chunk at byte 12 holds 12 bytes/,
    ],
    ['no channels', wavFile(signed16, { channels: 0, blockAlign: 2 }), /0 channels/],
    ['a sample rate of 0', wavFile(signed16, { sampleRate: 0 }), /0 samples a second/],
    ['a codec like MP3', wavFile(signed16, { formatTag: 0x55 }), /codec 0x55/],
    ['integers of 72 bits', wavFile(signed16, { bits: 72 }), /takes 9 bytes/],
    ['floats of 16 bits', wavFile(signed16, { formatTag: 3 }), /\(float\) takes 2 bytes/],
    ['ADPCM in blocks of 5 bytes', wavFile(signed16, { formatTag: 0x11, blockAlign: 5 }), /blocks of 5 bytes/],
    [
      'a float that is no number',
      wavFile(bytesOf(Float32Array.of(0, NaN)), { formatTag: 3, bits: 32 }),
      /sample 1 is NaN/,
    ],
    [
      'an infinite float',
      wavFile(bytesOf(Float64Array.of(Infinity)), { formatTag: 3, bits: 64 }),
      /sample 0 is Infinity/,
    ],
  ])('refuses %s', (_, bytes, message) => {
    expect(() => decodeWav(bytes)).toThrow(SignalError);
    expect(() => decodeWav(bytes)).toThrow(message);
  });
});
