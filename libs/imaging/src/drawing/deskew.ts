import type { Plane } from '../pixels.js';

/** Slant above which a shape is wide rather than slanted. */
const mostSlant = 1;

/**
 * Sets slanted strokes upright: each row is moved so that the light's covariance of columns and rows becomes 0. As in
 * OpenCV's samples of digit recognition, but of any size. Rows are moved by parts of pixels, interpolated linearly.
 *
 * @returns a plane wide enough for all of it; unchanged when it is slanted by more than 45 degrees, or has no height
 */
export function deskew(plane: Plane): Plane {
  const { slant, y: middle } = slantOf(plane);
  if (!(Math.abs(slant) <= mostSlant) || slant === 0) return plane;
  const { width, height, values } = plane;
  const reach = Math.ceil(Math.abs(slant) * Math.max(middle, height - 1 - middle));
  const wide = width + 2 * reach;
  const result = new Float32Array(wide * height);
  for (let y = 0; y < height; y++) {
    const at = (column: number) => (column >= 0 && column < width ? values[y * width + column]! : 0);
    for (let x = 0; x < wide; x++) {
      const from = x - reach + slant * (y - middle);
      const left = Math.floor(from);
      const share = from - left;
      result[y * wide + x] = (1 - share) * at(left) + share * at(left + 1);
    }
  }
  return { width: wide, height, values: result };
}

/** Columns that a shape moves to the right with each row down, and the row of its centre of mass. */
function slantOf(plane: Plane): { slant: number; y: number } {
  const { x: centreX, y: centreY } = centreOfMass(plane);
  const { width, values } = plane;
  let [across, down] = [0, 0];
  values.forEach((value, at) => {
    const dy = Math.floor(at / width) - centreY;
    across += value * ((at % width) - centreX) * dy;
    down += value * dy * dy;
  });
  return { slant: across / down, y: centreY };
}

/** Column and row of the centre of mass of light, 0 being the middle of the first pixel; NaN where there is no light. */
export function centreOfMass({ width, values }: Plane): { x: number; y: number } {
  let [mass, x, y] = [0, 0, 0];
  values.forEach((value, at) => {
    mass += value;
    x += value * (at % width);
    y += value * Math.floor(at / width);
  });
  return { x: x / mass, y: y / mass };
}
