import { z } from 'zod';

const share = z.number().min(0).max(1);
const side = z.int().min(1).max(4096);
const perChannel = (number: z.ZodNumber) =>
  z.union([number, z.array(number).min(1).max(3)], { error: 'must be a number, or a list with one for each channel' });

/** How a drawing is told from what it is drawn on. */
const thresholdSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('otsu').describe('one level for the whole image, which parts its pixels into two groups best'),
    smallest: share
      .default(0.05)
      .describe('connected strokes with less than this share of the pixels of the largest are removed as specks'),
  }),
  z.strictObject({
    kind: z.literal('adaptive-mean').describe('what is lighter than its surroundings: for uneven light'),
    window: z
      .number()
      .positive()
      .max(1)
      .default(0.25)
      .describe('side of the surroundings, as a share of the image’s shorter side'),
    offset: share.default(0.1).describe('how much lighter than the mean of its surroundings a pixel must be'),
    smallest: share.default(0.05).describe('as for `otsu`'),
  }),
]);

/** What is done to pixels, in this order, until they are the network's input. Pixels are from 0, black, to 1, white. */
export const imageSchema = z
  .strictObject({
    channels: z.enum(['grey', 'rgb', 'bgr']).describe('what the network takes of each pixel, in this order'),
    greyWeights: z
      .tuple([share, share, share])
      .optional()
      .describe('shares of red, green and blue in grey; default 0.2125, 0.7154, 0.0721, those of scikit-image'),
    invert: z
      .union([z.boolean(), z.literal('auto')], { error: 'must be true, false or auto' })
      .default(false)
      .describe('dark becomes light, and light dark; `auto`: only if the border of the image is light'),
    reduce: side
      .optional()
      .describe('pixels of the longer side of the image that `threshold`, `deskew` and `centre` work on; default 1024'),
    threshold: thresholdSchema.optional().describe('strokes, which are light by now, become 1, and the rest 0'),
    deskew: z.boolean().default(false).describe('slanted strokes are set upright, by the second moments of light'),
    centre: z
      .strictObject({
        box: side.describe('pixels of the square that the drawing is fitted into, its proportions kept'),
        least: share.default(0.1).describe('pixels above it are of the drawing'),
      })
      .optional()
      .describe('the drawing is cut out, and its centre of mass put in the middle, as MNIST was made'),
    width: side.describe('pixels of a row of the network’s input'),
    height: side.describe('pixels of a column of the network’s input'),
    resize: z
      .enum(['scikit-image', 'bilinear', 'triangle', 'area', 'nearest'])
      .default('scikit-image')
      .describe(
        '`scikit-image`: skimage.transform.resize with anti_aliasing; `bilinear`: tf.image.resize and OpenCV, without ' +
          'anti-aliasing; `triangle`: bilinear with anti-aliasing, as Pillow and torchvision; `area`: the mean of what ' +
          'a pixel covers; `nearest`',
      ),
    aspect: z
      .enum(['stretch', 'pad', 'crop'])
      .optional()
      .describe('where the proportions differ: `stretch` (default) the image, `pad` it, or `crop` it to its middle'),
    fill: share.optional().describe('what is around the image after `aspect: pad` or `centre`; default 0'),
    range: z
      .tuple([z.number(), z.number()])
      .default([0, 1])
      .describe('what black and white become, such as [0, 1], [-1, 1] or [0, 255]'),
    mean: perChannel(z.number()).optional().describe('taken from each value, after `range`'),
    std: perChannel(z.number().positive()).optional().describe('each value is divided by it, after `mean`'),
    layout: z
      .enum(['channels-last', 'channels-first', 'flat'])
      .default('channels-last')
      .describe('order of the values: [height, width, channels], [channels, height, width], or the first as one axis'),
  })
  .superRefine((image, context) => {
    for (const [path, message] of contradictions(image)) context.addIssue({ code: 'custom', path: [path], message });
  });

/** See {@link imageSchema}. */
export type ImageSteps = z.infer<typeof imageSchema>;

function* contradictions(image: ImageSteps): Generator<[path: keyof ImageSteps, message: string]> {
  const { channels, greyWeights, invert, reduce, threshold, deskew, centre, width, height, aspect, fill } = image;
  const finds = threshold !== undefined || deskew || centre !== undefined;
  if (channels !== 'grey') {
    const needsGrey = { greyWeights, threshold, centre, deskew: deskew || undefined, invert: invert === 'auto' };
    for (const [field, value] of Object.entries(needsGrey))
      if (value !== undefined && value !== false)
        yield [field as keyof ImageSteps, `${field === 'invert' ? 'can be auto' : 'has a meaning'} only for grey`];
  }
  if (reduce !== undefined && !finds) yield ['reduce', 'has no meaning without threshold, deskew or centre'];
  if (centre && centre.box > Math.min(width, height)) yield ['centre', 'must have a box within image.width and height'];
  if (centre && aspect !== undefined) yield ['aspect', 'has no meaning with image.centre, which keeps proportions'];
  if (fill !== undefined && aspect !== 'pad' && !centre)
    yield ['fill', 'has a meaning only with image.centre or image.aspect pad'];
  if (image.range[0] === image.range[1]) yield ['range', 'must be two different numbers'];
  for (const field of ['mean', 'std'] as const) {
    const values = image[field];
    if (Array.isArray(values) && values.length !== channelCount(image))
      yield [field, `must be one number, or a list of ${channelCount(image)}, one for each channel`];
  }
}

/** Values of each pixel. */
export function channelCount({ channels }: Pick<ImageSteps, 'channels'>): 1 | 3 {
  return channels === 'grey' ? 1 : 3;
}
