import { ImageError } from '../../image-error.js';
import type { Background } from '../decode-image.js';
import type { BitMasks } from './bmp-header.js';

/**
 * Takes the colours out of pixels whose bits are shared out by masks.
 *
 * @returns writes red, green and blue of a pixel of up to 32 bits
 * @throws ImageError if the bits of a mask are not side by side
 */
export function colourOfMasks(
  masks: BitMasks,
  background: Background,
): (pixel: number, rgb: Uint8Array, at: number) => void {
  const colours = [masks.red, masks.green, masks.blue].map(channelOf);
  const opacityOf = masks.alpha === 0 || background === 'none' ? null : channelOf(masks.alpha);
  const behind = background === 'white' ? 255 : 0;
  return (pixel, rgb, at) => {
    const opacity = opacityOf === null ? 1 : opacityOf(pixel) / 255;
    for (let k = 0; k < 3; k++) rgb[at + k] = Math.round(opacity * colours[k]!(pixel) + (1 - opacity) * behind);
  };
}

/** The bits under a mask as a number from 0 to 255. */
function channelOf(mask: number): (pixel: number) => number {
  const lowest = 2 ** (31 - Math.clz32(mask & -mask));
  const most = mask / lowest;
  if (mask === 0) return () => 0;
  if ((most & (most + 1)) !== 0) throw new ImageError('the BMP image has a mask whose bits are not side by side');
  return (pixel) => (255 * (Math.floor(pixel / lowest) & most)) / most;
}
