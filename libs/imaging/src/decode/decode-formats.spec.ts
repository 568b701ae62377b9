import { describe, expect, it } from '@jest/globals';
import { readTestImage, readTestImages } from '../../test-support/images.js';
import { decodeImage } from './decode-image.js';

const limits = { maxBytes: 2 ** 20, maxPixels: 1_000_000 };
const images = readTestImages();

describe('decoding', () => {
  it.each(images)('reads in $name what Pillow reads', async ({ bytes, width, height, rgb, mostOff }) => {
    const pixels = await decodeImage(bytes, limits);
    expect([pixels.width, pixels.height, pixels.rgb.length]).toEqual([width, height, rgb.length]);
    const off = rgb.map((value, at) => Math.abs(value - pixels.rgb[at]!));
    expect(Math.max(...off)).toBeLessThanOrEqual(mostOff);
  });

  // What floats and inks look like is a matter of convention.
  it.each([
    ['float.tiff', 'the TIFF image has float values of b-w; save it in grey or RGB'],
    ['cmyk.jpeg', 'the JPEG image has uchar values of cmyk; save it in grey or RGB'],
  ])('refuses %s', async (name, message) => {
    await expect(decodeImage(readTestImage(name), limits)).rejects.toThrow(message);
  });

  it.each(['clear.png', 'clear-32.bmp'])('lays what is transparent in %s on what it is told', async (name) => {
    const bytes = readTestImage(name);
    const [white, black, none] = await Promise.all(
      (['white', 'black', 'none'] as const).map((background) => decodeImage(bytes, limits, background)),
    );
    expect([...white!.rgb.subarray(0, 3)]).toEqual([255, 255, 255]);
    expect([...black!.rgb.subarray(0, 3)]).toEqual([0, 0, 0]);
    expect([...none!.rgb.subarray(0, 3)]).toEqual([0, 0, 255]);
    const opaque = 3 * 12;
    for (const { rgb } of [white!, black!]) expect(rgb.subarray(opaque, 39)).toEqual(none!.rgb.subarray(opaque, 39));
  });
});
