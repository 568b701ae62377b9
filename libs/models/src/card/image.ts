import { z } from 'zod';

import { centreSchema, thresholdSchema } from './drawing.js';

const side = z.int().min(1).max(2048);
const share = z.number().min(0).max(1);
const perChannel = (number: z.ZodNumber) =>
  z.union([number, z.array(number).min(1).max(3)], { error: 'must be a number, or a list with one for each channel' });

/** What is done to pixels, in this order, until they are the network's input. */
export const imageSchema = z
  .strictObject({
    channels: z.enum(['grey', 'rgb', 'bgr']).describe('What the network takes of each pixel, in this order.'),
    greyWeights: z
      .tuple([share, share, share])
      .optional()
      .describe(
        'Shares of red, green and blue in grey. Default: 0.2125, 0.7154 and 0.0721, those of scikit-image; Pillow, ' +
          'OpenCV and TensorFlow have 0.299, 0.587 and 0.114.',
      ),
    invert: z
      .union([z.boolean(), z.literal('auto')], { error: 'must be true, false or auto' })
      .default(false)
      .describe('`true`: black becomes white, and white black. `auto`: only if the border of the image is light.'),
    reduce: side
      .optional()
      .describe('Only with `threshold` or `centre`: pixels of the longer side that they work on. Default: 1024.'),
    threshold: thresholdSchema
      .optional()
      .describe('What is light by now, the drawing, becomes white, and the rest black. Default: nothing does.'),
    centre: centreSchema
      .optional()
      .describe(
        'The drawing, which must be light by now, is cut out, fitted into a square, and placed with its centre of mass ' +
          'in the middle, as MNIST was made. Default: the image is used as it is.',
      ),
    width: side.describe('Columns of the network’s input.'),
    height: side.describe('Rows of the network’s input.'),
    resize: z
      .enum(['scikit-image', 'bilinear', 'triangle', 'area', 'nearest'])
      .default('scikit-image')
      .describe(
        '`scikit-image`: `skimage.transform.resize` with `anti_aliasing`. `bilinear`: between the nearest pixels, as ' +
          '`tf.image.resize` and OpenCV. `triangle`: the same with anti-aliasing, as Pillow and torchvision. `area`: ' +
          'the mean of what a pixel covers, as OpenCV’s INTER_AREA. `nearest`: the pixel that is there.',
      ),
    aspect: z
      .enum(['stretch', 'pad', 'crop'])
      .optional()
      .describe(
        'Where the proportions differ: `stretch`, `pad` the whole image, or `crop` it to its middle. Not with ' +
          '`centre`. Default: `stretch`.',
      ),
    fill: share
      .optional()
      .describe('What is around the image after `aspect: pad` or `centre`: from 0, black, to 1, white. Default: 0.'),
    range: z
      .tuple([z.number(), z.number()])
      .default([0, 1])
      .describe('What black and white become, such as `[0, 1]`, `[-1, 1]` or `[0, 255]`.'),
    mean: perChannel(z.number())
      .optional()
      .describe('Taken from each value after `range`: one number, or one for each channel. Default: 0.'),
    std: perChannel(z.number().positive())
      .optional()
      .describe('What each value is divided by after `mean`: one number, or one for each channel. Default: 1.'),
    layout: z
      .enum(['channels-last', 'channels-first', 'flat'])
      .default('channels-last')
      .describe(
        'Axes of the network’s input: height, width and channels; channels, height and width; or a single one of all ' +
          'values in the first of these orders.',
      ),
  })
  .superRefine((image, context) => {
    for (const [path, message] of contradictions(image)) context.addIssue({ code: 'custom', path: [path], message });
  });

/** See {@link imageSchema}. */
export type ImageSteps = z.infer<typeof imageSchema>;

function* contradictions(image: ImageSteps): Generator<[field: keyof ImageSteps, message: string]> {
  const { channels, greyWeights, invert, reduce, threshold, centre, width, height, aspect, fill, range } = image;
  if (channels !== 'grey') {
    if (invert === 'auto') yield ['invert', 'can be auto only with image.channels grey'];
    for (const [field, value] of Object.entries({ greyWeights, threshold, centre }))
      if (value !== undefined) yield [field as keyof ImageSteps, 'has a meaning only with image.channels grey'];
  }
  if (reduce !== undefined && !threshold && !centre)
    yield ['reduce', 'has no meaning without image.threshold or image.centre'];
  if (centre && centre.box > Math.min(width, height)) yield ['centre', 'must have a box within image.width and height'];
  if (centre && aspect !== undefined) yield ['aspect', 'has no meaning with image.centre, which keeps proportions'];
  if (fill !== undefined && aspect !== 'pad' && !centre)
    yield ['fill', 'has a meaning only with image.centre or image.aspect pad'];
  if (range[0] === range[1]) yield ['range', 'must be two different numbers'];
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
