import { describe, expect, it } from '@jest/globals';
import wavefile from 'wavefile';
import { largestError } from '../../test-support/largest-error.js';
import { sine } from '../../test-support/signals.js';
import { joined, wavFile } from '../../test-support/wav-file.js';
import { decodeWav } from './decode-wav.js';

describe('decodeWav of G.711', () => {
  it.each<[string, (wav: wavefile.WaveFile) => void]>([
    ['A-law', (wav) => wav.toALaw()],
    ['mu-law', (wav) => wav.toMuLaw()],
  ])('gives back what %s keeps: 6 bits of the amplitude', (_, encode) => {
    const original = sine(440, 8000, 4000, 0.7);
    const wav = new wavefile.WaveFile();
    wav.fromScratch(
      1,
      8000,
      '16',
      original.map((sample) => sample * 2 ** 15),
    );
    encode(wav);
    expect(largestError(decodeWav(wav.toBuffer()).samples, original)).toBeLessThan(0.7 / 2 ** 5);
  });
});

/** First sample 1000, step 20 (of 50); then the codes 7, 15, 0, 8, 4, 1, 2, 12, worked out by hand from the standard. */
const [header, codes] = [Uint8Array.of(0xe8, 0x03, 20, 0), Uint8Array.of(0xf7, 0x80, 0x14, 0xc2)];
const values = [1000, 1093, 894, 922, 896, 1109, 1194, 1324, 1111];
/** First sample 32 767, largest step; then eight times the largest rise, which is cut off. */
const [loudHeader, loudCodes] = [Uint8Array.of(0xff, 0x7f, 88, 0), new Uint8Array(4).fill(0x77)];
const loudValues = Array<number>(9).fill(32_767);

function adpcm(parts: Uint8Array[], channels = 1) {
  const bytes = wavFile(joined(parts), { formatTag: 0x11, channels, bits: 4, blockAlign: 8 * channels });
  return [...decodeWav(bytes).samples].map((sample) => sample * 2 ** 15);
}

describe('decodeWav of IMA ADPCM', () => {
  it('decodes each block from its own header', () => {
    expect(adpcm([header, codes, loudHeader, loudCodes, header, codes])).toEqual([...values, ...loudValues, ...values]);
  });

  it('tells the channels apart', () => {
    const interleaved = values.flatMap((value, i) => [value, loudValues[i]]);
    expect(adpcm([header, loudHeader, codes, loudCodes], 2)).toEqual(interleaved);
  });

  it('keeps what is whole of a last block that was cut short', () => {
    expect(adpcm([header, codes, loudHeader, loudCodes.subarray(1)])).toEqual([...values, 32_767]);
  });
});
