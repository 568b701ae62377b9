import { ImageError } from '../../image-error.js';
import type { BmpHeader } from './bmp-header.js';

/** Pixels a byte, above which a file promises more than it is likely to hold: runs have 255 in two bytes. */
const mostPixelsPerByte = 128;

/**
 * Palette indices of a file of BI_RLE8 or BI_RLE4, in the order of the file's rows; those that it skips are 0.
 *
 * @throws ImageError if it is cut short or goes beyond its pixels
 */
export function readRunLengths(bytes: Uint8Array, { width, height, bits, start }: BmpHeader): Uint8Array {
  if (width * height > mostPixelsPerByte * (bytes.length - start))
    throw new ImageError(`the BMP image is cut short: ${width} x ${height} pixels in ${bytes.length} bytes`);
  const indices = new Uint8Array(width * height);
  // Of 4 bits, pixels alternate between the upper and the lower half of a byte.
  const indexOf = (byte: number, i: number): number => (bits === 8 ? byte : i % 2 === 0 ? byte >> 4 : byte & 15);
  let [x, y, at] = [0, 0, start];
  const next = (): number => {
    const byte = bytes[at++];
    if (byte === undefined) throw new ImageError('the BMP image is cut short within its runs');
    return byte;
  };
  const put = (index: number): void => {
    if (x >= width || y >= height) throw new ImageError('the BMP image has a run that goes beyond its pixels');
    indices[y * width + x++] = index;
  };
  // Some writers leave out the code that ends the image.
  const isFull = (): boolean => at >= bytes.length && (y >= height || (y === height - 1 && x === width));
  while (!isFull()) {
    const [count, value] = [next(), next()];
    if (count > 0) for (let i = 0; i < count; i++) put(indexOf(value, i));
    else if (value === 0) [x, y] = [0, y + 1];
    else if (value === 1) return indices;
    else if (value === 2) [x, y] = [x + next(), y + next()];
    else {
      const perByte = 8 / bits;
      const first = at;
      for (let i = 0; i < value; i++) {
        const byte = i % perByte === 0 ? next() : bytes[at - 1]!;
        put(indexOf(byte, i));
      }
      // Literal pixels end at an even byte.
      if ((at - first) % 2 === 1) next();
    }
  }
  return indices;
}
