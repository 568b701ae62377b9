import type { Margins } from '../../network/operations.js';
import { windowSpan } from '../../network/output-shape.js';
import type { Call } from './call.js';
import type { Flow, GraphValue, Size } from './graph-value.js';

const formats = ['NHWC', 'NCHW'] as const;
type Format = (typeof formats)[number];

/** Runs `operate` on an image with channels last, whatever the layout that the node is given and gives. */
export function withImage(call: Call, operate: (image: Flow, format: Format) => Flow): Flow {
  const format = call.attributes.text('data_format', formats, 'NHWC');
  const image = call.flow(0, 4);
  if (format === 'NHWC') return operate(image, format);
  return call.transpose(operate(call.transpose(image, [1, 2, 0]), format), [2, 0, 1]);
}

/** A number for each axis of the image, of an attribute that has one for the batch and the channels too: 1. */
export function spatial(call: Call, name: string, format: Format, absent?: readonly number[]): readonly number[] {
  const values = call.attributes.integers(name, absent);
  const [height, width, channels] = format === 'NHWC' ? [1, 2, 3] : [2, 3, 1];
  const chosen = [values[height], values[width]];
  const fits = values.length === 4 && values[0] === 1 && values[channels] === 1 && chosen.every((value) => value! >= 1);
  return fits ? (chosen as number[]) : call.refuse(`${name} = ${JSON.stringify(values)} is not supported, it must be at least 1 on the axes of the image and 1 on the others`);
}

interface Windows {
  spans: readonly number[];
  strides: readonly number[];
  format: Format;
}

/** What lies around the image. */
export function marginsOf(call: Call, sizes: readonly number[], { spans, strides, format }: Windows): Margins {
  const padding = call.attributes.text('padding', ['SAME', 'VALID', 'EXPLICIT']);
  const explicit = call.attributes.integers('explicit_paddings', []);
  if (padding === 'EXPLICIT') return explicitMargins(call, explicit, format);
  return spans.map((span, axis) => (padding === 'SAME' ? sameMargins(sizes[axis]!, span, strides[axis]!) : [0, 0]));
}

/** TensorFlow's: as many outputs as strides fit in, the odd zero after. */
function sameMargins(size: number, span: number, stride: number): [number, number] {
  const all = Math.max((Math.ceil(size / stride) - 1) * stride + span - size, 0);
  return [Math.floor(all / 2), Math.ceil(all / 2)];
}

function explicitMargins(call: Call, values: readonly number[], format: Format): Margins {
  const pairs = [0, 2, 4, 6].map((at) => [values[at] ?? -1, values[at + 1] ?? -1] as const);
  const [height, width, channels] = format === 'NHWC' ? [1, 2, 3] : [2, 3, 1];
  const none = [pairs[0]!, pairs[channels]!].every(([before, after]) => before === 0 && after === 0);
  if (none && pairs.flat().every((value) => value >= 0)) return [pairs[height]!, pairs[width]!];
  call.refuse(`explicit_paddings = ${JSON.stringify(values)} is not supported`);
}

export function conv2d(call: Call): GraphValue {
  return withImage(call, (image, format) => convolve(call, image, format));
}

/** A convolution of what is channels last, without what may be fused to it. */
export function convolve(call: Call, image: Flow, format: Format): Flow {
  const kernel = call.floats(1, 4);
  return convolveWith(call, image, { kernel, groups: 1, format });
}

export function depthwiseConv2d(call: Call): GraphValue {
  return withImage(call, (image, format) => depthwise(call, image, format));
}

export function depthwise(call: Call, image: Flow, format: Format): Flow {
  const { shape, data } = call.floats(1, 4);
  const [height, width, channels, multiplier] = shape as [number, number, number, number];
  const kernel = { shape: [height, width, 1, channels * multiplier], data };
  return convolveWith(call, image, { kernel, groups: channels, format });
}

interface Convolution {
  kernel: { shape: readonly number[]; data: Float32Array };
  groups: number;
  format: Format;
}

function convolveWith(call: Call, image: Flow, { kernel, groups, format }: Convolution): Flow {
  const strides = spatial(call, 'strides', format);
  const dilations = spatial(call, 'dilations', format, [1, 1, 1, 1]);
  call.attributes.ignore('use_cudnn_on_gpu');
  const spans = dilations.map((dilation, axis) => windowSpan(kernel.shape[axis]!, dilation));
  const margins = marginsOf(call, image.value.shape, { spans, strides, format });
  return call.add({ kind: 'conv', kernel, strides, dilations, groups, margins }, image);
}

/** Inputs: the size of the result, the kernel, and what spreads. */
export function conv2dTranspose(call: Call): GraphValue {
  const { attributes } = call;
  const format = attributes.text('data_format', ['NHWC'], 'NHWC');
  const strides = spatial(call, 'strides', format);
  if (spatial(call, 'dilations', format, [1, 1, 1, 1]).some((dilation) => dilation !== 1))
    call.refuse('dilations above 1 are not supported');
  attributes.ignore('use_cudnn_on_gpu');
  const padding = attributes.text('padding', ['SAME', 'VALID']);
  const kernel = call.floats(1, 4);
  const image = call.flow(2, 4);
  const [rows, ...result] = call.sizes(0);
  requireBatch(call, rows, image);
  const crop = [0, 1].map((axis): [number, number] => {
    const [size, stride, window] = [result[axis], strides[axis]!, kernel.shape[axis]!];
    const input = image.value.shape[axis]!;
    if (typeof size !== 'number' || Math.ceil((padding === 'SAME' ? size : size - window + 1) / stride) !== input)
      call.refuse(`its input of ${input} cannot become ${JSON.stringify(size)}`);
    const before = padding === 'SAME' ? sameMargins(size, window, stride)[0] : 0;
    return [before, (input - 1) * stride + window - size - before];
  });
  if (result[2] !== kernel.shape[2]) call.refuse('its input_sizes do not fit its filter');
  return call.add({ kind: 'conv-transpose', kernel, strides, dilations: [1, 1], crop }, image);
}

/** Whether a first size is that of the batch. */
export function requireBatch(call: Call, rows: Size | undefined, { times }: Flow): void {
  const { fixedBatch } = call.surroundings;
  const fits = typeof rows === 'object' ? rows.batch === times : fixedBatch !== undefined && rows === fixedBatch * times;
  if (!fits) call.refuse(`its first size is ${typeof rows === 'object' ? 'another number of rows' : rows}, and must be that of the batch`);
}

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
  if (attributes.flag('is_training', true)) call.refuse('is_training = true is not supported: export the model for inference');
  const epsilon = attributes.float('epsilon');
  attributes.ignore('exponential_avg_factor');
  return withImage(call, (image) => {
    const [scale, offset, mean, variance] = [1, 2, 3, 4].map((index) => call.floats(index, 1));
    const channels = image.value.shape[2];
    for (const weight of [scale!, offset!, mean!, variance!])
      if (weight.shape[0] !== channels) call.refuse(`it normalises ${weight.shape[0]} channels, and its input has ${channels}`);
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
