/** An image that cannot be used; the message says why, for the one who sent it. Another attempt will not help. */
export class ImageError extends Error {
  override readonly name = 'ImageError';
}
