import { ImageError } from '../image-error.js';

/** The first bytes of each format that is read, as Latin-1; a dot stands for any byte. */
const beginnings = {
  PNG: /^\x89PNG\r\n/,
  JPEG: /^\xff\xd8\xff/,
  GIF: /^GIF8[79]a/,
  WebP: /^RIFF.{4}WEBP/s,
  BMP: /^BM.{4}\0{4}/s,
  TIFF: /^(II\*\0|MM\0\*)/,
};
const longestBeginning = 12;

export type ImageFormat = keyof typeof beginnings;

/**
 * The format that the first bytes tell; a file's name is not asked.
 *
 * @throws ImageError for any other
 */
export function imageFormat(bytes: Uint8Array): ImageFormat {
  const start = String.fromCharCode(...bytes.subarray(0, longestBeginning));
  for (const format of Object.keys(beginnings) as ImageFormat[]) if (beginnings[format].test(start)) return format;
  throw new ImageError(`not an image that is known: send one of ${Object.keys(beginnings).join(', ')}`);
}
