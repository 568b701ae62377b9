import { g711Table } from './g711.js';
import type { SampleLayout } from './sample-layout.js';

/** The largest size of a {@link conversionTable}. */
export const tableBytes = 1024;

/** What the kernel needs that converts such samples: the values of all codes, or the pattern of its bytes. */
export function conversionTable(layout: SampleLayout): Uint8Array {
  const { encoding } = layout;
  if (encoding === 'a-law' || encoding === 'mu-law') return new Uint8Array(g711Table(encoding).buffer);
  return encoding === 'float' ? orderOfBytes(layout) : topBytes(layout);
}

/** For each byte of a vector of floats, which byte of the file it is. */
function orderOfBytes({ sampleBytes, littleEndian }: SampleLayout): Uint8Array {
  return Uint8Array.from({ length: 16 }, (_, i) => (littleEndian ? i : i ^ (sampleBytes - 1)));
}

/**
 * For each byte of a vector of 32-bit integers, which byte of two samples it is, so that their four highest bytes are
 * taken; or 128, for 0. First for a vector whose lower half they fill, then for one whose upper half they fill.
 */
function topBytes({ sampleBytes, littleEndian }: SampleLayout): Uint8Array {
  const pattern = new Uint8Array(32).fill(128);
  for (let sample = 0; sample < 2; sample++) {
    for (let place = 0; place < Math.min(4, sampleBytes); place++) {
      const from = sample * sampleBytes + (littleEndian ? sampleBytes - 1 - place : place);
      const to = sample * 4 + 3 - place;
      pattern[to] = from;
      pattern[to + 24] = from;
    }
  }
  return pattern;
}
