import { describe, expect, it } from '@jest/globals';
import { readTestImage, readTestImages } from '../../test-support/images.js';
import { mutations } from '../../test-support/mutations.js';
import { ImageError } from '../image-error.js';
import { decodeImage } from './decode-image.js';

const limits = { maxBytes: 2 ** 20, maxPixels: 1_000_000 };
const images = [
  ...readTestImages(),
  ...['float.tiff', 'cmyk.jpeg'].map((name) => ({ name, bytes: readTestImage(name) })),
];
const mutationsOfEach = 20;

/** What becomes of some bytes: an image, a refusal, or anything else by its name. */
async function outcomeOf(bytes: Uint8Array): Promise<string> {
  try {
    const { width, height, rgb } = await decodeImage(bytes, limits);
    return rgb.length === 3 * width * height && width * height <= limits.maxPixels ? 'decoded' : 'other pixels';
  } catch (error) {
    return error instanceof ImageError ? 'refused' : String(error);
  }
}

describe('damaged images', () => {
  it.each(images)('as $name was are decoded or refused, and nothing else', async ({ name, bytes }) => {
    const outcomes = new Set<string>();
    for (const mutated of mutations(bytes, { seed: name, count: mutationsOfEach }))
      outcomes.add(await outcomeOf(mutated));
    expect([...outcomes].filter((outcome) => outcome !== 'decoded' && outcome !== 'refused')).toEqual([]);
    expect(outcomes).toContain('refused');
  });

  it.each(images)('as $name was are refused when cut short by half', async ({ bytes }) => {
    expect(await outcomeOf(bytes.subarray(0, Math.floor(bytes.length / 2)))).toBe('refused');
  });

  it.each([
    ['colour.png', 16, 'BE'],
    ['colour-24.bmp', 18, 'LE'],
    ['run-lengths-8.bmp', 18, 'LE'],
  ] as const)('as %s was are refused undecoded when their header tells a huge size', async (name, at, order) => {
    for (const [width, height] of [
      [60_000, 60_000],
      [2 ** 31 - 1, 2 ** 31 - 1],
      [0, 9],
      [100_000, 1],
    ] as const) {
      const bytes = Buffer.from(readTestImage(name));
      bytes[`writeUInt32${order}`](width, at);
      bytes[`writeUInt32${order}`](height, at + 4);
      const started = performance.now();
      expect(await outcomeOf(bytes)).toBe('refused');
      expect(performance.now() - started).toBeLessThan(2000);
    }
  });
});
