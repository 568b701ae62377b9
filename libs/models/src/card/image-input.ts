import { z } from 'zod';

/** How an image's file becomes pixels. */
export const imageInputSchema = z.strictObject({
  kind: z.literal('image').describe('What the model takes: images as PNG, JPEG, GIF, WebP, BMP or TIFF.'),
  maxPixels: z
    .int()
    .min(1)
    .max(100_000_000)
    .default(50_000_000)
    .describe('Width times height, as the file gives them; a larger image is refused before it is decoded.'),
  background: z
    .enum(['white', 'black', 'none'])
    .default('white')
    .describe('What transparent pixels are laid on. `none`: their colours are taken as if they were opaque.'),
});
