import type { Call } from './call.js';
import type { GraphValue } from './graph-value.js';
import { marginsOf, spatial, withImage } from './images.js';

export function pool2d(reduce: 'max' | 'average') {
  return (call: Call): GraphValue =>
    withImage(call, (image, format) => {
      const [size, strides] = [spatial(call, 'ksize', format), spatial(call, 'strides', format)];
      const margins = marginsOf(call, image.value.shape, { spans: size, strides, format });
      return call.add({ kind: 'pool', reduce, size, strides, margins }, image);
    });
}

export function batchNormalization(call: Call): GraphValue {
  const { attributes } = call;
  if (attributes.flag('is_training', true))
    call.refuse('is_training = true is not supported: export the model for inference');
  const epsilon = attributes.float('epsilon');
  attributes.ignore('exponential_avg_factor');
  return withImage(call, (image) => {
    const [scale, offset, mean, variance] = [1, 2, 3, 4].map((index) => call.floats(index, 1));
    const channels = image.value.shape[2];
    for (const weight of [scale!, offset!, mean!, variance!])
      if (weight.shape[0] !== channels)
        call.refuse(`it normalises ${weight.shape[0]} channels, and its input has ${channels}`);
    const [m, v, s, o] = [mean!, variance!, scale!, offset!];
    return call.add({ kind: 'batch-normalization', epsilon, mean: m, variance: v, scale: s, offset: o }, image);
  });
}

export function resizeBilinear(call: Call): GraphValue {
  const corners = call.attributes.flag('align_corners', false);
  const half = call.attributes.flag('half_pixel_centers', false);
  if (corners && half) call.refuse('align_corners and half_pixel_centers exclude each other');
  const pixels = corners ? 'align-corners' : half ? 'half-pixel' : 'asymmetric';
  return call.add({ kind: 'resize-bilinear', size: sizeOfImage(call), pixels }, call.flow(0, 4));
}

/** Every pixel a whole number of times, which is what the usual upsampling comes to. */
export function resizeNearest(call: Call): GraphValue {
  if (call.attributes.flag('align_corners', false)) call.refuse('align_corners = true is not supported');
  call.attributes.ignore('half_pixel_centers');
  const image = call.flow(0, 4);
  const times = sizeOfImage(call).map((size, axis) => size / image.value.shape[axis]!);
  if (!times.every((factor) => Number.isInteger(factor) && factor >= 1))
    call.refuse('it does not enlarge the image a whole number of times');
  return call.add({ kind: 'repeat', times: [...times, 1] }, image);
}

function sizeOfImage(call: Call): [number, number] {
  const [height, width, ...more] = call.integers(1);
  const fits = more.length === 0 && height !== undefined && width !== undefined && height >= 1 && width >= 1;
  return fits ? [height, width] : call.refuse('its size must be two whole numbers');
}
