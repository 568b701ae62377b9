import type { Tensor as TfTensor, Tensor4D, Tensor5D } from '@tensorflow/tfjs-core';

import type { Conv, ConvTranspose, Margins, Pool } from '../../network/operations.js';
import type { Tensor } from '../../network/tensor.js';
import type { Tf } from '../load-tfjs.js';
import { stuffed } from './stuffed-kernel.js';
import { present, toTf, type TfOperation } from './tf-operation.js';

/**
 * Margins are zeros put there first, as the WebAssembly backend pads wrongly where a stride is larger than its window.
 * Dilated kernels have zeros between their values where TensorFlow.js has no dilation.
 */
export function conv(tf: Tf, operation: Conv): TfOperation {
  const { kernel, bias, strides, groups, margins } = operation;
  const depthwise = groups > 1 && kernel.shape.at(-2) === 1;
  const dense = depthwise || strides.length === 3 || strides.some((stride) => stride > 1);
  const dilations = operation.dilations.map((dilation) => (dense ? 1 : dilation));
  const filter = toTf(tf, asImageKernel(dense ? stuffed(kernel, operation.dilations) : kernel, depthwise ? groups : 1));
  const offset = bias && toTf(tf, bias);
  const convolve = (image: TfTensor): TfTensor => {
    if (strides.length === 3)
      return tf.conv3d(image as Tensor5D, filter as Tensor5D, strides as [number, number, number], 'valid');
    const [step, spread] = [imagePair(strides), imagePair(dilations)];
    if (depthwise) return tf.depthwiseConv2d(image as Tensor4D, filter as Tensor4D, step, 'valid');
    return inGroups(tf, groups, image, filter, (part, own) =>
      tf.conv2d(part as Tensor4D, own as Tensor4D, step, 'valid', 'NHWC', spread),
    );
  };
  return {
    weights: present(filter, offset),
    apply: ([input]) => {
      const output = asImage(tf, padded(tf, input!, margins, 0), convolve);
      return offset ? tf.add(output, offset) : output;
    },
  };
}

/** The result at full length, of which is cut off, or to which is added, what is asked for. */
export function convTranspose(tf: Tf, { kernel, bias, strides, dilations, crop }: ConvTranspose): TfOperation {
  const whole = stuffed(kernel, dilations);
  const filter = toTf(tf, asImageKernel(whole, 1));
  const offset = bias && toTf(tf, bias);
  const step = imagePair(strides);
  const spread = (image: TfTensor): TfTensor => {
    const [rows, height, width] = image.shape as [number, number, number];
    const [tall, wide, channels] = filter.shape as [number, number, number];
    const full = [rows, (height - 1) * step[0] + tall, (width - 1) * step[1] + wide, channels];
    return tf.conv2dTranspose(image as Tensor4D, filter as Tensor4D, full as Tensor4D['shape'], step, 'valid');
  };
  return {
    weights: present(filter, offset),
    apply: ([input]) => {
      const output = cropped(tf, asImage(tf, input!, spread), crop);
      return offset ? tf.add(output, offset) : output;
    },
  };
}

/** Outside lies what is less than any value; for a mean, zeros, and then a factor, as they do not count. */
export function pool(tf: Tf, { reduce, size, strides, margins }: Pool, input: readonly number[]): TfOperation {
  const [window, step] = [imagePair(size), imagePair(strides)];
  if (reduce === 'max') {
    const apply = (image: TfTensor) => tf.maxPool(image as Tensor4D, window, step, 'valid');
    return { weights: [], apply: ([value]) => asImage(tf, padded(tf, value!, margins, -largestFloat), apply) };
  }
  const average = (image: TfTensor) => tf.avgPool(image as Tensor4D, window, step, 'valid');
  if (margins.every(([before, after]) => before === 0 && after === 0))
    return { weights: [], apply: ([value]) => asImage(tf, value!, average) };
  const factors = tf.tidy(() => {
    const ones = tf.ones([1, ...input.slice(0, -1), 1]);
    return tf.div(1, asImage(tf, padded(tf, ones, margins, 0), average));
  });
  return {
    weights: [factors],
    apply: ([value]) => tf.mul(asImage(tf, padded(tf, value!, margins, 0), average), factors),
  };
}

const largestFloat = 3.4028234663852886e38;

function padded(tf: Tf, value: TfTensor, margins: Margins, filling: number): TfTensor {
  if (margins.every(([before, after]) => before === 0 && after === 0)) return value;
  return tf.pad(value, [[0, 0], ...margins, [0, 0]] as [number, number][], filling);
}

function cropped(tf: Tf, value: TfTensor, crop: Margins): TfTensor {
  const begin = [0, ...crop.map(([before]) => Math.max(0, before)), 0];
  const kept = value.shape.map((size, axis) => size - begin[axis]! - Math.max(0, crop[axis - 1]?.[1] ?? 0));
  const missing = crop.map(([before, after]) => [Math.max(0, -before), Math.max(0, -after)] as const);
  return padded(tf, tf.slice(value, begin, kept), missing, 0);
}

/** A sequence is computed as an image of one row. */
function asImage(tf: Tf, value: TfTensor, apply: (image: TfTensor) => TfTensor): TfTensor {
  return value.rank === 3 ? tf.squeeze(apply(tf.expandDims(value, 1)), [1]) : apply(value);
}

/** A depthwise kernel becomes [...spatial, groups, channels out of each]. */
function asImageKernel({ shape, data }: Tensor, groups: number): Tensor {
  const [channelsIn, channelsOut] = [shape.at(-2)!, shape.at(-1)!];
  const window = shape.length === 3 ? [1, shape[0]!] : shape.slice(0, -2);
  return { shape: [...window, channelsIn * groups, channelsOut / groups], data };
}

function imagePair(sizes: readonly number[]): [number, number] {
  return sizes.length === 1 ? [1, sizes[0]!] : [sizes[0]!, sizes[1]!];
}

/** A convolution in groups as one for each, side by side. */
function inGroups(
  tf: Tf,
  groups: number,
  image: TfTensor,
  kernel: TfTensor,
  apply: (image: TfTensor, kernel: TfTensor) => TfTensor,
): TfTensor {
  if (groups === 1) return apply(image, kernel);
  const [images, kernels] = [tf.split(image, groups, image.rank - 1), tf.split(kernel, groups, kernel.rank - 1)];
  return tf.concat(
    images.map((part, group) => apply(part, kernels[group]!)),
    image.rank - 1,
  );
}
