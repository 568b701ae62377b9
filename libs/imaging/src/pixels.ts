/** A decoded image in colour. */
export interface Pixels {
  width: number;
  height: number;
  /** Red, green and blue of each pixel, 0 to 255, row by row from the top left: `3 * width * height` values. */
  rgb: Uint8Array;
}

/** One value a pixel. */
export interface Plane {
  width: number;
  height: number;
  /** Row by row from the top left: `width * height` values, black 0 and white 1. */
  values: Float32Array;
}
