export { decodeImage, type ImageLimits } from './decode-image.js';
export { ImageError } from './image-error.js';
export { imageFormat, type ImageFormat } from './image-format.js';
export type { Pixels, Plane } from './pixels.js';
export { resize } from './resize.js';
export { invert, toGrey } from './to-grey.js';
