import { ImageError } from '../image-error.js';
import type { Pixels } from '../pixels.js';
import { decodeBmp } from './bmp/decode-bmp.js';
import { decodeBySharp } from './decode-by-sharp.js';
import { imageFormat } from './image-format.js';
import type { ImageLimits } from './image-limits.js';

/** What transparent pixels are laid on; `none`: their colours are taken as if they were opaque. */
export type Background = 'white' | 'black' | 'none';

/**
 * An image's pixels as its file's numbers say: turned upright by the EXIF orientation, 16 bits reduced to 8, colour
 * profiles ignored. Of an animation the first frame, of a TIFF the first page.
 *
 * @param background default `white`
 * @throws ImageError if the bytes are no PNG, JPEG, GIF, WebP, BMP or TIFF, are damaged or cut short, hold values that
 *   are no colours, or exceed a limit
 */
export async function decodeImage(
  bytes: Uint8Array,
  { maxBytes, maxPixels }: ImageLimits,
  background: Background = 'white',
): Promise<Pixels> {
  if (bytes.byteLength > maxBytes)
    throw new ImageError(`the image has ${bytes.byteLength} bytes, at most ${maxBytes} are taken`);
  const format = imageFormat(bytes);
  return format === 'BMP'
    ? decodeBmp(bytes, maxPixels, background)
    : decodeBySharp(format, bytes, maxPixels, background);
}
