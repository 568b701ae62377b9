import { describe, expect, it } from '@jest/globals';
import { noise } from '../../test-support/signals.js';
import { bytesOf, wavFile } from '../../test-support/wav-file.js';
import { downMix } from '../down-mix.js';
import { SignalError } from '../signal-error.js';
import { decodeMono, decodeWav } from './decode-wav.js';

const floats = noise(240);
const integers16 = bytesOf(Int16Array.from(floats, (value) => value * 2 ** 15));

describe('decodeMono', () => {
  it.each([1, 2, 3, 8])('is decodeWav and downMix in one, for %i channels of 16 bits', (channels) => {
    const bytes = wavFile(integers16, { channels });
    for (const choice of ['mean', channels - 1] as const) {
      expect(decodeMono(bytes, choice)).toEqual({ sampleRate: 8000, samples: downMix(decodeWav(bytes), choice) });
    }
  });

  it.each([1, 4])('reads %i channels of floats', (channels) => {
    const bytes = wavFile(bytesOf(floats), { channels, formatTag: 3, bits: 32 });
    expect(decodeMono(bytes, 'mean').samples).toEqual(downMix(decodeWav(bytes), 'mean'));
  });

  it.each<[number | 'mean', number]>([
    ['mean', 2],
    [1, 2],
    ['mean', 1],
  ])('stops after the frames that are wanted: %s of %i channels', (choice, channels) => {
    const bytes = wavFile(integers16, { channels });
    const all = decodeMono(bytes, choice).samples;
    expect(decodeMono(bytes, choice, (sampleRate) => sampleRate / 800).samples).toEqual(all.subarray(0, 10));
    expect(decodeMono(bytes, choice, () => 1000).samples).toEqual(all);
  });

  it('reads 16-bit integers wherever they lie in memory', () => {
    const bytes = wavFile(integers16, { channels: 2 });
    const shifted = new Uint8Array(bytes.length + 1);
    shifted.set(bytes, 1);
    expect(decodeMono(shifted.subarray(1), 'mean')).toEqual(decodeMono(bytes, 'mean'));
  });

  it('refuses half a frame, and a channel that is not there', () => {
    expect(() => decodeMono(wavFile(Uint8Array.of(1, 2, 3), { channels: 2 }), 'mean')).toThrow(/no full frame/);
    expect(() => decodeMono(wavFile(integers16, { channels: 2 }), 2)).toThrow(SignalError);
  });
});
