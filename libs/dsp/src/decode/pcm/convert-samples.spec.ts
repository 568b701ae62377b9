import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { downMix } from '../../../test-support/down-mix.js';
import { plainSamples } from '../../../test-support/plain-samples.js';
import { bytesOf } from '../../../test-support/wav-file.js';
import type { ChannelChoice } from '../../channel-choice.js';
import { newConverter } from './convert-samples.js';
import type { SampleLayout } from './sample-layout.js';

const integers: SampleLayout[] = [1, 2, 3, 4, 5, 6, 7, 8].flatMap((sampleBytes) =>
  [true, false].flatMap((littleEndian) => [
    { encoding: 'signed', sampleBytes, littleEndian } as const,
    { encoding: 'unsigned', sampleBytes, littleEndian } as const,
  ]),
);
const companded = ['a-law', 'mu-law'].map(
  (encoding) => ({ encoding, sampleBytes: 1, littleEndian: true }) as SampleLayout,
);

/** What the converter should give, from the plain versions of reading and mixing. */
function expected(layout: SampleLayout, channels: number, choice: ChannelChoice | 'all', content: Uint8Array) {
  const frameBytes = layout.sampleBytes * channels;
  const samples = plainSamples(layout, content.slice(0, content.length - (content.length % frameBytes)));
  return choice === 'all' ? samples : downMix({ sampleRate: 1, channels, samples }, choice);
}

const named = (layout: SampleLayout) =>
  `${layout.encoding}, ${layout.sampleBytes} bytes, ${layout.littleEndian ? 'little' : 'big'}-endian`;
const widths = fc.integer({ min: 1, max: 9 });

describe('newConverter', () => {
  it.each([...integers, ...companded].map((layout) => [named(layout), layout] as const))(
    'gives what the plain versions give: %s',
    (_, layout) => {
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 600 }), widths, fc.nat(), (content, channels, some) => {
          for (const choice of ['all', 'mean', some % channels] as const) {
            const converted = newConverter('WAV', layout, channels, choice)(content);
            expect(converted).toEqual(expected(layout, channels, choice, content));
          }
        }),
        { numRuns: 40 },
      );
    },
  );

  it.each([4, 8])('gives what the plain versions give: floats of %i bytes', (sampleBytes) => {
    const values = fc.array(fc.float({ min: -(2 ** 100), max: 2 ** 100, noNaN: true, noDefaultInfinity: true }));
    fc.assert(
      fc.property(values, widths, fc.nat(), fc.boolean(), (samples, channels, some, littleEndian) => {
        const layout = { encoding: 'float', sampleBytes, littleEndian } as const;
        const content = bytesOf(sampleBytes === 4 ? Float32Array.from(samples) : Float64Array.from(samples)).slice();
        if (!littleEndian)
          for (let at = 0; at < content.length; at += sampleBytes) content.subarray(at, at + sampleBytes).reverse();
        for (const choice of ['all', 'mean', some % channels] as const) {
          const converted = newConverter('WAV', layout, channels, choice)(content);
          const plain = expected(layout, channels, choice, content);
          expect(converted.length).toBe(plain.length);
          // Halving a number near 1e-45 before it is added, not after, loses its last bit.
          converted.forEach((sample, i) => expect(Math.abs(sample - plain[i]!)).toBeLessThan(3e-45));
        }
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    [NaN, 4],
    [Infinity, 4],
    [-Infinity, 8],
    [1e300, 8],
  ])('refuses %d, wherever it is, by the number of its frame', (value, sampleBytes) => {
    for (const choice of ['all', 'mean', 1] as const) {
      for (let at = 0; at < 13; at++) {
        const samples = Array.from({ length: 26 }, (_, i) => (i === 2 * at + 1 ? value : 0));
        const content = bytesOf(sampleBytes === 4 ? Float32Array.from(samples) : Float64Array.from(samples));
        const converter = newConverter('WAV', { encoding: 'float', sampleBytes, littleEndian: true }, 2, choice);
        converter(new Uint8Array(2 * sampleBytes));
        expect(() => converter(content)).toThrow(`WAV: frame ${at + 1} is no finite number`);
      }
    }
  });

  it('has room for as many channels as are supported, and for the largest block', () => {
    const layout = { encoding: 'signed', sampleBytes: 8, littleEndian: false } as const;
    const content = Uint8Array.from({ length: 131_072 }, (_, i) => i * 7);
    expect(newConverter('WAV', layout, 1024, 1023)(content)).toEqual(expected(layout, 1024, 1023, content));
    const bytes = { encoding: 'unsigned', sampleBytes: 1, littleEndian: true } as const;
    expect(newConverter('WAV', bytes, 2, 'mean')(content)).toEqual(expected(bytes, 2, 'mean', content));
  });
});
