import type sharpFactory from 'sharp';
import type { Metadata } from 'sharp';

import { ImageError } from '../image-error.js';
import type { Pixels } from '../pixels.js';
import type { Background } from './decode-image.js';
import type { ImageFormat } from './image-format.js';
import { requireSize } from './image-limits.js';

/** Depths and colour spaces of which it is known how they become red, green and blue from 0 to 255. */
const depths = ['uchar', 'ushort'];
const spaces = ['srgb', 'rgb', 'rgb16', 'b-w', 'grey16'];

/** {@link decodeImage} of every format that libvips reads. */
export async function decodeBySharp(
  format: ImageFormat,
  bytes: Uint8Array,
  maxPixels: number,
  background: Background,
): Promise<Pixels> {
  const sharp = await loadSharp();
  try {
    const image = sharp(bytes, { limitInputPixels: false, failOn: 'error', ignoreIcc: true, pages: 1 });
    requireColours(format, await image.metadata(), maxPixels);
    const opaque = background === 'none' ? image.removeAlpha() : image.flatten({ background });
    const upright = opaque.autoOrient().toColourspace('srgb');
    const { data, info } = await upright.raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true });
    if (info.channels !== 3) throw new ImageError(`the ${format} image has ${info.channels} channels, not 3`);
    return { width: info.width, height: info.height, rgb: data };
  } catch (error) {
    if (error instanceof ImageError) throw error;
    const [words] = (error instanceof Error ? error.message : String(error)).split('\n');
    throw new ImageError(`the ${format} image cannot be decoded: ${words}`, { cause: error });
  }
}

/** What the header says, of which no pixel has been decoded. */
function requireColours(format: ImageFormat, { width, height, depth, space }: Metadata, maxPixels: number): void {
  requireSize(width, height, maxPixels);
  if (!depths.includes(depth) || !spaces.includes(space))
    throw new ImageError(
      `the ${format} image has ${depth} values of ${space}; save it in grey or RGB of 8 or 16 bits (uchar or ushort)`,
    );
}

let loading: Promise<typeof sharpFactory> | undefined;

/** The library is loaded with the first image: who has none does not pay for it. */
async function loadSharp(): Promise<typeof sharpFactory> {
  loading ??= import('sharp').then(({ default: sharp }) => {
    // No image is decoded twice, and a process computes in one thread.
    sharp.cache(false);
    sharp.concurrency(1);
    // The bytes are what their first ones say; no other reader is ever to see them.
    sharp.block({ operation: ['VipsForeignLoad'] });
    sharp.unblock({ operation: ['Png', 'Jpeg', 'Webp', 'Nsgif', 'Tiff'].map((name) => `VipsForeignLoad${name}`) });
    return sharp;
  });
  return loading;
}
