import { describe, expect, it } from '@jest/globals';
import { auFile, type AuFileParts } from '../../../test-support/au-file.js';
import { ascii, bytesOf, joined, swapped } from '../../../test-support/wav-file.js';
import { SignalError } from '../../signal-error.js';
import { decodeRecording } from '../decode-recording.js';

const samples = [0, 0.5, -0.5, 0.75, -1, 0.25];
const big16 = swapped(bytesOf(Int16Array.from(samples, (sample) => sample * 2 ** 15)), 2);
const big32 = swapped(bytesOf(Int32Array.from(samples, (sample) => sample * 2 ** 31)), 4);
const decoded = (data: Uint8Array, parts?: AuFileParts) => decodeRecording([auFile(data, parts)]);

describe('openAu', () => {
  it.each<[string, Uint8Array, number]>([
    ['8-bit integers', bytesOf(Int8Array.from(samples, (sample) => sample * 2 ** 7)), 2],
    ['16-bit integers', big16, 3],
    ['24-bit integers', big32.filter((_, i) => i % 4 < 3), 4],
    ['32-bit integers', big32, 5],
    ['32-bit floats', swapped(bytesOf(Float32Array.from(samples)), 4), 6],
    ['64-bit floats', swapped(bytesOf(Float64Array.from(samples)), 8), 7],
  ])('reads %s', async (_, data, encoding) => {
    for (const channels of [1, 3]) {
      const recording = await decoded(data, { encoding, channels });
      expect(recording).toEqual({ sampleRate: 8000, channels, samples: Float32Array.from(samples) });
    }
  });

  it('reads mu-law and A-law', async () => {
    expect((await decoded(Uint8Array.of(0x80, 0xff), { encoding: 1 })).samples).toEqual(
      Float32Array.of(0.9803466796875, 0),
    );
    expect((await decoded(Uint8Array.of(0x2a), { encoding: 27 })).samples).toEqual(Float32Array.of(-0.984375));
  });

  it.each(['dns.', '\0ds.'])('reads a file whose lowest bytes come first, after %j', async (start) => {
    const bytes = swapped(auFile(swapped(big32, 4), { encoding: 5, note: 'a note..' }), 4);
    bytes.set(ascii(start));
    bytes.set(swapped(big32, 4), 32);
    expect((await decodeRecording([bytes])).samples).toEqual(Float32Array.from(samples));
  });

  it.each([0, 0xffffffff])('takes the rest of the file when a recorder left the size at %i', async (claimedSize) => {
    const { samples: found } = await decoded(big16, { claimedSize, note: 'made on a wall' });
    expect(found).toEqual(Float32Array.from(samples));
  });

  it('ends where the samples should, or where the file does', async () => {
    expect((await decoded(joined([big16, big16]), { claimedSize: 12 })).samples).toHaveLength(6);
    expect((await decoded(big16, { claimedSize: 4_000_000_000, channels: 4 })).samples).toHaveLength(4);
  });

  it.each<[string, Uint8Array, RegExp]>([
    ['half a header', auFile(big16).subarray(0, 23), /AU: the file ends at byte 23, inside its header/],
    ['no full frame', auFile(Uint8Array.of(1)), /AU: the data at byte 24 holds no full frame/],
    ['an encoding that is not read', auFile(big16, { encoding: 23 }), /names encoding 23/],
    ['no channels', auFile(big16, { channels: 0 }), /0 channels/],
    ['no rate', auFile(big16, { sampleRate: 0 }), /0 samples a second/],
    ['samples inside the header', joined([ascii('.snd'), new Uint8Array(28)]), /start at byte 0, inside it/],
  ])('refuses %s', async (_, bytes, message) => {
    const refusal = expect(decodeRecording([bytes])).rejects;
    await refusal.toThrow(SignalError);
    await refusal.toThrow(message);
  });
});
