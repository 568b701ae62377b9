import { z } from 'zod';

import { layerKind, type LayerKind } from '../layer.js';
import { common } from '../options.js';

/** Whatever they are told, they hand on what they take unless a model is trained. */
const nothing = layerKind(z.object(common).catchall(z.unknown()), { mask: 'passes', apply: ({ input }) => input });

/** What makes training examples of others. `RandomCrop` is none of them, as it crops always. */
const augmentationClasses: readonly string[] = [
  ...['RandomFlip', 'RandomRotation', 'RandomZoom', 'RandomTranslation', 'RandomHeight', 'RandomWidth', 'RandomShear'],
  ...['RandomContrast', 'RandomBrightness', 'RandomColorDegeneration', 'RandomColorJitter', 'RandomGrayscale'],
  ...['RandomHue', 'RandomSaturation', 'RandomSharpness', 'RandomPosterization', 'RandomInvert', 'RandomErasing'],
  ...['RandomGaussianBlur', 'RandomElasticTransform', 'RandomPerspective', 'AugMix', 'CutMix', 'MixUp', 'RandAugment'],
];

/** Layers of images. Keras 3 writes that they are training wherever they are called, which does not count when predicting. */
export const imageLayers: ReadonlySet<string> = new Set([...augmentationClasses, 'CenterCrop']);

/** What does nothing when predicting. */
export const augmentations: Record<string, LayerKind> = Object.fromEntries(
  augmentationClasses.map((name) => [name, nothing]),
);
