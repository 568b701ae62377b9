import {
  centreDrawing,
  colourRaster,
  fitImage,
  greyRaster,
  inverted,
  isOnLight,
  planeRaster,
  reduced,
  threshold,
  toValues,
  type Pixels,
  type Plane,
  type Raster,
} from '#imaging';

import type { ImageSteps } from '../../card/image.js';

/** Pixels of the longer side of the image that a drawing is looked for in. */
const defaultReduce = 1024;
const coloursOf = { rgb: [0, 1, 2], bgr: [2, 1, 0] } as const;

/**
 * Pixels as one row of the network's input: the steps of a card's `image`, in their order.
 *
 * @returns as many values as the card's feature shape multiplies to
 * @throws ImageError if the card looks for a drawing and there is none
 */
export function toImageValues(pixels: Pixels, steps: ImageSteps): Float32Array {
  const { range, mean, std, layout } = steps;
  const planes = rastersOf(pixels, steps).map((raster) => toPlaneOfNetwork(raster, steps));
  return toValues(planes, { range, mean, std, order: layout === 'channels-first' ? 'channels' : 'pixels' });
}

function rastersOf(pixels: Pixels, { channels, greyWeights, invert }: ImageSteps): Raster[] {
  const rasters =
    channels === 'grey'
      ? [greyRaster(pixels, greyWeights)]
      : coloursOf[channels].map((colour) => colourRaster(pixels, colour));
  const inverts = invert === 'auto' ? rasters.some(isOnLight) : invert;
  return inverts ? rasters.map(inverted) : rasters;
}

function toPlaneOfNetwork(raster: Raster, steps: ImageSteps): Plane {
  const { width, height, resize: method, aspect, fill, reduce = defaultReduce, centre } = steps;
  if (!steps.threshold && !centre) return fitImage(raster, { width, height, method, aspect, fill });
  const small = reduced(raster, reduce);
  const drawing = steps.threshold ? threshold(small, steps.threshold) : small;
  return centre
    ? centreDrawing(drawing, { width, height, method, fill, ...centre })
    : fitImage(planeRaster(drawing), { width, height, method, aspect, fill });
}
