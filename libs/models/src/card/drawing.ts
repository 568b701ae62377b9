import { z } from 'zod';

const share = z.number().min(0).max(1);
const smallest = share
  .default(0.05)
  .describe('Connected strokes with less than this share of the pixels of the largest are removed as specks.');

/** How a light drawing is told from its dark ground. */
export const thresholdSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('otsu').describe('One level for the whole image: the one that parts light and dark best.'),
    smallest,
  }),
  z.strictObject({
    kind: z
      .literal('adaptive-mean')
      .describe('What is lighter than its surroundings: for a photograph in uneven light.'),
    window: z
      .number()
      .positive()
      .max(1)
      .default(0.25)
      .describe('Side of the square of the surroundings, as a share of the image’s shorter side.'),
    offset: share.default(0.1).describe('How much lighter than the mean of its surroundings a pixel must be.'),
    smallest,
  }),
]);

/** How a drawing is cut out and placed. */
export const centreSchema = z.strictObject({
  box: z.int().min(1).max(2048).describe('Pixels of the square that the drawing is fitted into.'),
  least: share.default(0.1).describe('Pixels above it are of the drawing; from 0, black, to 1, white.'),
  deskew: z
    .boolean()
    .default(false)
    .describe('`true`: slanted strokes are set upright, by the second moments of the drawing.'),
});
