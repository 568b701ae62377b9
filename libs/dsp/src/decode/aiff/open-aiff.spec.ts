import { describe, expect, it } from '@jest/globals';
import { aiffChunk, aiffFile, type AiffFileParts } from '../../../test-support/aiff-file.js';
import { ascii, bytesOf, joined, swapped } from '../../../test-support/wav-file.js';
import { SignalError } from '../../signal-error.js';
import { decodeRecording } from '../decode-recording.js';

const samples = [0, 0.5, -0.5, 0.75, -1, 0.25];
const little16 = bytesOf(Int16Array.from(samples, (sample) => sample * 2 ** 15));
const big16 = swapped(little16, 2);
const big32 = swapped(bytesOf(Int32Array.from(samples, (sample) => sample * 2 ** 31)), 4);
const big24 = big32.filter((_, i) => i % 4 < 3);
const signed8 = bytesOf(Int8Array.from(samples, (sample) => sample * 2 ** 7));
const floats32 = swapped(bytesOf(Float32Array.from(samples)), 4);
const floats64 = swapped(bytesOf(Float64Array.from(samples)), 8);
const decoded = (data: Uint8Array, parts?: AiffFileParts) => decodeRecording([aiffFile(data, parts)]);

describe('openAiff', () => {
  it.each<[string, Uint8Array, AiffFileParts]>([
    ['8-bit integers, which are signed', signed8, { bits: 8 }],
    ['16-bit integers', big16, {}],
    ['20 bits at the top of three bytes', big24, { bits: 20 }],
    ['32-bit integers', big32, { bits: 32 }],
    ['NONE', big16, { codec: 'NONE' }],
    ['twos', big24, { codec: 'twos', bits: 24 }],
    ['sowt, whose lowest bytes come first', little16, { codec: 'sowt' }],
    ['raw, which is unsigned', signed8.map((byte) => byte + 128), { codec: 'raw ', bits: 8 }],
    ['in24, whatever its bits', big24, { codec: 'in24', bits: 16 }],
    ['42n1', swapped(big24, 3), { codec: '42n1' }],
    ['42ni', swapped(big24, 3), { codec: '42ni' }],
    ['in32', big32, { codec: 'in32' }],
    ['23ni', swapped(big32, 4), { codec: '23ni' }],
    ['fl32', floats32, { codec: 'fl32', bits: 32 }],
    ['FL32', floats32, { codec: 'FL32' }],
    ['fl64', floats64, { codec: 'fl64', bits: 64 }],
    ['FL64', floats64, { codec: 'FL64' }],
  ])('reads %s', async (_, data, parts) => {
    expect(await decoded(data, parts)).toEqual({ sampleRate: 8000, channels: 1, samples: Float32Array.from(samples) });
  });

  it.each([
    ['alaw', 0xd5, 0.000244140625],
    ['ALAW', 0x2a, -0.984375],
    ['ulaw', 0x80, 0.9803466796875],
    ['ULAW', 0xff, 0],
  ])('reads %s, of which each sample is a byte, whatever its bits', async (codec, code, value) => {
    const recording = await decoded(new Uint8Array(4).fill(code), { codec, channels: 2 });
    expect(recording).toEqual({ sampleRate: 8000, channels: 2, samples: new Float32Array(4).fill(value) });
  });

  it('passes over other chunks, and over bytes before the samples', async () => {
    const parts = {
      channels: 2,
      offset: 5,
      before: [aiffChunk('NAME', ascii('odd')), aiffChunk('FVER', ascii('even'))],
    };
    expect((await decoded(big16, parts)).samples).toEqual(Float32Array.from(samples));
  });

  it.each([0, 0xffffffff])('takes the rest of the file when a recorder left the size at %i', async (claimedSize) => {
    expect((await decoded(big16, { claimedSize })).samples).toEqual(Float32Array.from(samples));
  });

  it('gives the whole frames of a file that was cut short', async () => {
    const cut = aiffFile(big16, { channels: 2, claimedSize: 4_000_000_000 }).subarray(0, -3);
    expect((await decodeRecording([cut])).samples).toEqual(Float32Array.from(samples.slice(0, 4)));
  });

  it('leaves out what a rate has beyond the decimal point, as that of old Macintoshes', async () => {
    const extendedRate = [0x40, 0x0d, 0xad, 0xdd, 0x17, 0x45, 0xd1, 0x74, 0x5d, 0x17];
    expect((await decoded(big16, { extendedRate })).sampleRate).toBe(22_254);
  });

  it.each<[string, Uint8Array, RegExp]>([
    ['a codec that is not read', aiffFile(big16, { codec: 'MAC3' }), /COMM chunk at byte 12 names codec "MAC3"/],
    [
      'samples before their format',
      aiffFile(big16, { soundFirst: true }),
      /SSND chunk at byte 12 comes before any COMM/,
    ],
    ['a header alone', aiffFile(big16).subarray(0, 38), /ends at byte 38, before any SSND chunk/],
    ['half a header of the samples', aiffFile(big16).subarray(0, 50), /ends at byte 50, inside its SSND chunk/],
    ['no full frame', aiffFile(new Uint8Array(1)), /AIFF: the SSND chunk at byte 38 holds no full frame/],
    ['no channels', aiffFile(big16, { channels: 0 }), /0 channels/],
    ['no bits', aiffFile(big16, { bits: 0 }), /takes 0 bytes/],
    ['a rate of 0', aiffFile(big16, { extendedRate: Array<number>(10).fill(0) }), /0 samples a second/],
    ['an endless rate', aiffFile(big16, { extendedRate: Array<number>(10).fill(0x7f) }), /Infinity samples a second/],
    ['a rate below 0', aiffFile(big16, { extendedRate: [0xc0, 0x0b, 0xfa, 0, 0, 0, 0, 0, 0, 0] }), /-8000 samples/],
    [
      'samples beyond their chunk',
      aiffFile(big16, { offset: 9, claimedSize: 16 }),
      /of 16 bytes has its samples at byte 9/,
    ],
    [
      'a short COMM chunk',
      joined([ascii('FORM....AIFF'), aiffChunk('COMM', big16), aiffChunk('SSND', big16)]),
      /12 bytes/,
    ],
  ])('refuses %s', async (_, bytes, message) => {
    const refusal = expect(decodeRecording([bytes])).rejects;
    await refusal.toThrow(SignalError);
    await refusal.toThrow(message);
  });
});
