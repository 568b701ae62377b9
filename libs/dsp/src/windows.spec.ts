import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { windows, type WindowLengths } from './windows.js';

/** The samples 1, 2, 3 and so on in blocks of the given sizes, all in one array, as a decoder gives them. */
async function* counting(sizes: readonly number[]): AsyncGenerator<Float32Array> {
  const block = new Float32Array(Math.max(0, ...sizes));
  let count = 0;
  for (const size of sizes) {
    for (let i = 0; i < size; i++) block[i] = ++count;
    yield await Promise.resolve(block.subarray(0, size));
  }
  block.fill(NaN);
}

async function cut(sizes: readonly number[], lengths: WindowLengths): Promise<number[][]> {
  const all = [];
  for await (const window of windows(counting(sizes), lengths)) all.push([...window]);
  return all;
}

/** The definition: every window of a signal that is there as a whole. */
function plainWindows(samples: number, { length, hop }: WindowLengths): number[][] {
  const all = [];
  for (let index = 0, heard = 0; ; index++) {
    const start = Math.round(index * hop);
    if (start >= samples || heard >= samples) return all;
    all.push(Array.from({ length }, (_, i) => (start + i < samples ? start + i + 1 : 0)));
    heard = start + length;
  }
}

describe('windows', () => {
  it.each([
    ['side by side', { length: 2, hop: 2 }, [[1, 2], [3, 4], [5, 0]]], // prettier-ignore
    ['overlapping', { length: 4, hop: 2 }, [[1, 2, 3, 4], [3, 4, 5, 0]]], // prettier-ignore
    ['with gaps between', { length: 2, hop: 3 }, [[1, 2], [4, 5]]], // prettier-ignore
    ['longer than the signal', { length: 6, hop: 1 }, [[1, 2, 3, 4, 5, 0]]],
    ['exactly as long as the signal', { length: 5, hop: 1 }, [[1, 2, 3, 4, 5]]],
    ['with a gap that the signal ends in', { length: 2, hop: 5 }, [[1, 2]]],
  ])('lie %s', async (_, lengths, expected) => {
    expect(await cut([3, 2], lengths)).toEqual(expected);
  });

  it('of nothing are none', async () => {
    expect(await cut([], { length: 3, hop: 1 })).toEqual([]);
    expect(await cut([0, 0], { length: 3, hop: 1 })).toEqual([]);
  });

  it.each([0, -1, NaN])('refuse a hop of %d', async (hop) => {
    await expect(cut([5], { length: 2, hop })).rejects.toThrow(RangeError);
  });

  it('do not drift where the hop is no whole number of samples', async () => {
    const starts = (await cut([10_000], { length: 1, hop: 10 / 3 })).map(([first]) => first! - 1);
    expect(starts).toEqual(Array.from({ length: 3000 }, (_, k) => Math.round((k * 10) / 3)));
  });

  it('are the same whatever the blocks', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(40), { maxLength: 20 }),
        fc.integer({ min: 1, max: 60 }),
        fc.double({ min: 1, max: 80, noNaN: true }),
        async (sizes, length, hop) => {
          const samples = sizes.reduce((sum, size) => sum + size, 0);
          expect(await cut(sizes, { length, hop })).toEqual(plainWindows(samples, { length, hop }));
        },
      ),
    ));

  it('are given out as soon as their last sample is there', async () => {
    let asked = 0;
    const blocks = async function* () {
      for (;;) yield await Promise.resolve(new Float32Array(10).fill(++asked));
    };
    const all = windows(blocks(), { length: 25, hop: 10 });
    expect([(await all.next()).done, asked]).toEqual([false, 3]);
    expect([(await all.next()).done, asked]).toEqual([false, 4]);
    await all.return();
  });
});
