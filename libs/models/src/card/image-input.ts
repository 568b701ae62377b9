import { z } from 'zod';

/** How an image's file becomes pixels. */
export const imageInputSchema = z.strictObject({
  kind: z.literal('image').describe('what the model takes: an image as PNG, JPEG, GIF, WebP, BMP or TIFF'),
  maxPixels: z
    .int()
    .min(1)
    .max(100_000_000)
    .default(50_000_000)
    .describe('width times height, as the file gives them, from which on an image is refused before it is decoded'),
  background: z
    .enum(['white', 'black', 'none'])
    .default('white')
    .describe('what transparent pixels are laid on; `none` takes their colours as if they were opaque'),
});
