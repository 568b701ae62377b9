/** Values with a shape, in row-major order. Whoever made it owns it; nobody changes it. */
export interface Tensor {
  shape: readonly number[];
  data: Float32Array;
}

/** How many values a shape holds. */
export function valueCount(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** A shape for people: `40 x 433 x 1`. */
export function shapeText(shape: readonly number[]): string {
  return shape.join(' x ');
}
