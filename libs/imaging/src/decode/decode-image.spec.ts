import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { hasReferenceData, referenceData } from '../../../../test/reference-data.js';
import { decodeImage } from './decode-image.js';
import { greyRaster, inverted } from '../rasters.js';
import { resize } from '../resize/resize.js';

const limits = { maxBytes: 2 ** 20, maxPixels: 1_000_000 };
const size = { width: 2, height: 1 };
/** A red pixel and a blue one beside it. */
const redBlue = sharp(Uint8Array.of(255, 0, 0, 0, 0, 255), { raw: { ...size, channels: 3 } });

describe('decoding an image', () => {
  it.each([
    ['png', {}],
    ['gif', {}],
    ['webp', { lossless: true }],
    ['tiff', { compression: 'lzw' }],
  ] as const)('reads %s', async (format, options) => {
    const bytes = await redBlue.clone().toFormat(format, options).toBuffer();
    expect(await decodeImage(bytes, limits)).toMatchObject({ ...size, rgb: Buffer.of(255, 0, 0, 0, 0, 255) });
  });

  it('turns a photograph upright as its EXIF orientation says', async () => {
    const png = await redBlue.clone().withMetadata({ orientation: 6 }).png().toBuffer();
    const turned = await decodeImage(png, limits);
    expect(turned).toMatchObject({ width: 1, height: 2, rgb: Buffer.of(255, 0, 0, 0, 0, 255) });
  });

  it('reads an image of grey values as one of colours', async () => {
    const grey = sharp(Uint8Array.of(7, 200), { raw: { ...size, channels: 1 } });
    const { rgb } = await decodeImage(await grey.png().toBuffer(), limits);
    expect(rgb).toEqual(Buffer.of(7, 7, 7, 200, 200, 200));
  });

  it('lays what is transparent on white', async () => {
    const clear = sharp(Uint8Array.of(0, 0, 0, 0, 10, 20, 30, 255), { raw: { ...size, channels: 4 } });
    const { rgb } = await decodeImage(await clear.png().toBuffer(), limits);
    expect(rgb).toEqual(Buffer.of(255, 255, 255, 10, 20, 30));
  });

  it('refuses more bytes than are taken, and more pixels, by number', async () => {
    const bytes = await redBlue.clone().png().toBuffer();
    const least = { maxBytes: bytes.length, maxPixels: 2 };
    await expect(decodeImage(bytes, least)).resolves.toMatchObject(size);
    await expect(decodeImage(bytes, { ...least, maxBytes: bytes.length - 1 })).rejects.toThrow(`${bytes.length} bytes`);
    await expect(decodeImage(bytes, { ...least, maxPixels: 1 })).rejects.toThrow('2 x 1 pixels, at most 1');
  });

  it.each([
    ['nothing', '', 'not an image'],
    ['text', 'four', 'not an image'],
    ['a drawing', '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>', 'not an image'],
    ['BM and no more', 'BM', 'not an image'],
    ['a head without a body', '\x89PNG\r\n\x1a\n', 'the PNG image cannot be decoded'],
  ])('refuses %s', async (_what, text, message) => {
    const refused = decodeImage(Buffer.from(text, 'latin1'), limits);
    await expect(refused).rejects.toMatchObject({ name: 'ImageError' });
    await expect(refused).rejects.toThrow(message);
  });

  it.each(['png', 'jpeg', 'tiff', 'webp', 'gif'] as const)('refuses %s that is cut short', async (format) => {
    const noise = sharp({
      create: { width: 64, height: 64, channels: 3, background: 'red', noise: { type: 'gaussian' } },
    });
    const bytes = await noise.toFormat(format).toBuffer();
    const cut = decodeImage(bytes.subarray(0, bytes.length / 2), limits);
    await expect(cut).rejects.toMatchObject({ name: 'ImageError' });
  });
});

(hasReferenceData ? describe : describe.skip)('decoding the images of others', () => {
  const colours = [238, 101, 0, 50, 50, 50, 100, 50, 0, 200, 100, 50];

  it.each([
    ['gif_test.gif', 0],
    ['image_png_test.png', 0],
    ['image_png_4_channel_test.png', 0],
    ['image_bmp_test.bmp', 0],
    ['image_bmp_4_channel_test.bmp', 0],
    // JPEG stores other colours than it is given.
    ['image_jpeg_test.jpeg', 2],
  ])('reads the four colours of %s', async (name, mostOff) => {
    const { width, height, rgb } = await decodeImage(await readImage(name), limits);
    expect([width, height, rgb.length]).toEqual([2, 2, colours.length]);
    const off = colours.map((colour, at) => Math.abs(colour - rgb[at]!));
    expect(Math.max(...off)).toBeLessThanOrEqual(mostOff);
  });

  it('makes a digit on paper as much ink as scikit-image does', async () => {
    const bytes = await readFile(referenceData('models', 'mnist_alvertogit', '4.jpg'));
    const { values } = resize(inverted(greyRaster(await decodeImage(bytes, limits))), { width: 28, height: 28 });
    const ink = values.reduce((sum, value) => sum + value, 0);
    // Decoders of JPEG differ by a step of 255 here and there.
    expect(Math.abs(ink - 75.6266)).toBeLessThan(0.05);
  });
});

function readImage(name: string): Promise<Buffer> {
  return readFile(referenceData('images_torture', 'tfjs_node', name));
}
