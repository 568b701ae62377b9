import { decodeImage, ImageError, invert, resize, toGrey } from '#imaging';
import type { ByteSource } from '#dsp';

import type { ImageCard } from '../../card.js';
import { InputError } from '../../errors.js';
import type { PreparedInput } from '../../loaded-model.js';

/**
 * An image's bytes as the network takes them.
 *
 * @throws InputError if they cannot be read
 */
export async function prepareImage(source: ByteSource, { input, image }: ImageCard): Promise<PreparedInput> {
  const pieces: Uint8Array[] = [];
  for await (const piece of source) pieces.push(piece);
  const bytes = Buffer.concat(pieces);
  const start = performance.now();
  try {
    const pixels = await decodeImage(bytes, { maxBytes: bytes.length, maxPixels: input.maxPixels });
    const decoded = performance.now();
    const grey = image.invert === true ? invert(toGrey(pixels)) : toGrey(pixels);
    const { values } = resize(grey, image.width, image.height);
    return { tensor: values, decodeMs: decoded - start, featuresMs: performance.now() - decoded, seconds: 0 };
  } catch (error) {
    throw error instanceof ImageError ? new InputError(error.message, { cause: error }) : error;
  }
}
