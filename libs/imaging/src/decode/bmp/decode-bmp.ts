import { ImageError } from '../../image-error.js';
import type { Pixels } from '../../pixels.js';
import type { Background } from '../decode-image.js';
import { requireSize } from '../image-limits.js';
import { readBmpHeader, type BmpHeader } from './bmp-header.js';
import { colourOfMasks } from './masked-colours.js';
import { readRunLengths } from './run-lengths.js';

/** `decodeImage` of a BMP file: libvips has no reader of these. */
export function decodeBmp(bytes: Uint8Array, maxPixels: number, background: Background): Pixels {
  const header = readBmpHeader(bytes);
  const { width, height, bits, runLength } = header;
  requireSize(width, height, maxPixels);
  if (!runLength) requireRows(bytes, header);
  const indices = runLength ? readRunLengths(bytes, header) : undefined;
  const rgb = new Uint8Array(3 * width * height);
  const readRow = bits <= 8 ? paletteRow(bytes, header, indices) : colourRow(bytes, header, background);
  for (let row = 0; row < height; row++) readRow(row, rgb, 3 * width * (header.topDown ? row : height - 1 - row));
  return { width, height, rgb };
}

/** Writes one of the file's rows to where it belongs. */
type RowReader = (row: number, rgb: Uint8Array, at: number) => void;

/** Before anything is made for the pixels that a header promises. */
function requireRows(bytes: Uint8Array, { width, height, bits, rowBytes, start }: BmpHeader): void {
  // The last row need not be filled up.
  const needed = start + rowBytes * (height - 1) + Math.ceil((width * bits) / 8);
  if (needed > bytes.length)
    throw new ImageError(`the BMP image is cut short: it has ${bytes.length} bytes of ${needed}`);
}

function paletteRow(bytes: Uint8Array, header: BmpHeader, indices: Uint8Array | undefined): RowReader {
  const { width, bits, rowBytes, start, palette } = header;
  if (palette.start + palette.colours * palette.bytes > bytes.length)
    throw new ImageError('the BMP image ends within its palette');
  const perByte = 8 / bits;
  const indexAt = (row: number, x: number): number => {
    if (indices) return indices[row * width + x]!;
    const byte = bytes[start + row * rowBytes + Math.floor(x / perByte)]!;
    return (byte >> (8 - bits - bits * (x % perByte))) & (2 ** bits - 1);
  };
  return (row, rgb, at) => {
    for (let x = 0; x < width; x++) {
      const index = indexAt(row, x);
      if (index >= palette.colours)
        throw new ImageError(`the BMP image has colour ${index} of a palette of ${palette.colours}`);
      const colour = palette.start + index * palette.bytes;
      for (let k = 0; k < 3; k++) rgb[at + 3 * x + k] = bytes[colour + 2 - k]!;
    }
  };
}

function colourRow(bytes: Uint8Array, header: BmpHeader, background: Background): RowReader {
  const { width, bits, rowBytes, start, masks } = header;
  const pixelBytes = bits / 8;
  const colourOf = colourOfMasks(masks, background);
  return (row, rgb, at) => {
    for (let x = 0; x < width; x++) {
      const from = start + row * rowBytes + x * pixelBytes;
      let pixel = 0;
      for (let k = pixelBytes - 1; k >= 0; k--) pixel = pixel * 256 + bytes[from + k]!;
      colourOf(pixel, rgb, at + 3 * x);
    }
  };
}
