import { decodeImage, ImageError } from '#imaging';
import type { ByteSource } from '#dsp';

import type { ImageCard } from '../../card.js';
import { InputError } from '../../errors.js';
import type { PreparedInput } from '../../loaded-model.js';
import { toImageValues } from './to-image-values.js';

/** Bytes of an image, which is in memory as a whole: more than any has whose pixels are taken. */
const maxBytes = 256 * 2 ** 20;

/**
 * An image's bytes as the network takes them.
 *
 * @throws InputError if they cannot be read, or show nothing to compute on
 */
export async function prepareImage(source: ByteSource, { input, image }: ImageCard): Promise<PreparedInput> {
  try {
    const bytes = await readWhole(source);
    const start = performance.now();
    const pixels = await decodeImage(bytes, { maxBytes, maxPixels: input.maxPixels }, input.background);
    const decoded = performance.now();
    const tensor = toImageValues(pixels, image);
    return { tensor, decodeMs: decoded - start, featuresMs: performance.now() - decoded, seconds: 0 };
  } catch (error) {
    throw error instanceof ImageError ? new InputError(error.message, { cause: error }) : error;
  }
}

async function readWhole(source: ByteSource): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of source) {
    length += piece.length;
    if (length > maxBytes) throw new ImageError(`the image has more than the ${maxBytes} bytes that are taken`);
    pieces.push(piece);
  }
  const [only] = pieces;
  return only !== undefined && pieces.length === 1 ? only : Buffer.concat(pieces);
}
