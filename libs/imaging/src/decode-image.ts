import sharp from 'sharp';
import { ImageError } from './image-error.js';
import { imageFormat } from './image-format.js';
import type { Pixels } from './pixels.js';

export interface ImageLimits {
  /** Bytes of the file; a longer one is refused unread. */
  maxBytes: number;
  /** Width times height, as the file's header gives them; a larger image is refused before it is decoded. */
  maxPixels: number;
}

/**
 * An image's pixels as its file's numbers say: turned upright by the EXIF orientation, transparency laid on white, 16
 * bits reduced to 8, colour profiles ignored. Of an animation the first frame, of a TIFF the first page.
 *
 * @throws ImageError if the bytes are no PNG, JPEG, GIF, WebP or TIFF, are damaged or cut short, or exceed a limit
 */
export async function decodeImage(bytes: Uint8Array, { maxBytes, maxPixels }: ImageLimits): Promise<Pixels> {
  if (bytes.byteLength > maxBytes)
    throw new ImageError(`the image has ${bytes.byteLength} bytes, at most ${maxBytes} are taken`);
  const format = imageFormat(bytes);
  try {
    const image = sharp(bytes, { limitInputPixels: false, failOn: 'error', ignoreIcc: true });
    const { width, height } = await image.metadata();
    if (width * height > maxPixels)
      throw new ImageError(`the image has ${width} x ${height} pixels, at most ${maxPixels} are taken`);
    const upright = image.autoOrient().flatten({ background: 'white' }).toColourspace('srgb');
    const { data, info } = await upright.raw().toBuffer({ resolveWithObject: true });
    return { width: info.width, height: info.height, rgb: data };
  } catch (error) {
    if (error instanceof ImageError) throw error;
    const words = error instanceof Error ? error.message : String(error);
    throw new ImageError(`the ${format} image cannot be decoded: ${words}`, { cause: error });
  }
}
