import { ImageError } from '../image-error.js';
import type { Plane } from '../pixels.js';
import { cropped, planeRaster, toPlane } from '../rasters.js';
import type { ResizeMethod } from '../resize/blends.js';
import { placed } from '../resize/fit-image.js';
import { resize, type Size } from '../resize/resize.js';
import { centreOfMass, deskew } from './deskew.js';

export interface CentreSpec extends Size {
  /** Pixels of the square that the drawing is fitted into. */
  box: number;
  /** Pixels above it are of the drawing; from 0 to 1. */
  least: number;
  /** Whether the drawing is set upright once it is cut out. */
  deskew: boolean;
  method?: ResizeMethod | undefined;
  /** What is around the drawing. Default 0. */
  fill?: number | undefined;
}

/**
 * A light drawing as MNIST has them: cut out, fitted into a square with its proportions kept, and placed with its centre
 * of mass in the middle, to a whole pixel; as far out as it goes, where that would put a part of it outside.
 *
 * @throws ImageError if nothing is drawn, or `method` takes none of it
 */
export function centreDrawing(plane: Plane, spec: CentreSpec): Plane {
  const { width, height, box, least, method, fill = 0 } = spec;
  const cut = cutOut(plane, least);
  const drawing = spec.deskew ? cutOut(deskew(cut), least) : cut;
  const ratio = box / Math.max(drawing.width, drawing.height);
  const side = (length: number) => Math.max(1, Math.round(length * ratio));
  const fitted = resize(planeRaster(drawing), { width: side(drawing.width), height: side(drawing.height) }, method);
  const { x, y } = centreOfMass(fitted);
  if (Number.isNaN(x)) throw new ImageError('the drawing is so thin that nothing of it is left at its new size');
  return placed(
    fitted,
    { width, height },
    {
      left: within(Math.round(middleOf(width) - x), width - fitted.width),
      top: within(Math.round(middleOf(height) - y), height - fitted.height),
      fill,
    },
  );
}

/** The pixel right of and below the middle: MNIST's own digits have their centres of mass there. */
function middleOf(length: number): number {
  return length / 2;
}

function within(value: number, most: number): number {
  return Math.min(most, Math.max(0, value));
}

/** The smallest part with all pixels above `least`. */
function cutOut(plane: Plane, least: number): Plane {
  const { width, height, values } = plane;
  let [left, top, right, bottom] = [width, height, -1, -1];
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      if (!(values[y * width + x]! > least)) continue;
      [left, right] = [Math.min(left, x), Math.max(right, x)];
      [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
    }
  if (right < 0) throw new ImageError('nothing is drawn on the image: no pixel stands out from its ground');
  return toPlane(cropped(planeRaster(plane), { left, top, width: right - left + 1, height: bottom - top + 1 }));
}
