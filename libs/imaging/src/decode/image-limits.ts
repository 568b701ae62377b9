import { ImageError } from '../image-error.js';

export interface ImageLimits {
  /** Bytes of the file; a longer one is refused unread. */
  maxBytes: number;
  /** Width times height, as the file's header gives them; a larger image is refused before it is decoded. */
  maxPixels: number;
}

/** What JPEG and GIF can have at most: a longer side is no picture, and costs what `maxPixels` does not bound. */
const longestSide = 65_535;

/** @throws ImageError if an image of this size, of which no pixel has been decoded, is not to be decoded */
export function requireSize(width: number, height: number, maxPixels: number): void {
  if (!(width >= 1 && height >= 1)) throw new ImageError(`the image has ${width} x ${height} pixels: none`);
  if (width * height > maxPixels)
    throw new ImageError(`the image has ${width} x ${height} pixels, at most ${maxPixels} are taken`);
  if (Math.max(width, height) > longestSide)
    throw new ImageError(`the image has ${width} x ${height} pixels, at most ${longestSide} a side are taken`);
}
