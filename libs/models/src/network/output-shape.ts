import { refusal } from '../errors.js';
import type { Conv, ConvTranspose, Margins, Operation, Pool } from './operations.js';
import { shapeText, valueCount } from './tensor.js';

type Shape = readonly number[];

/**
 * The shape that an operation gives.
 *
 * @param inputs shapes of what it is applied to
 * @throws ModelError if it cannot be applied to them, or leaves nothing
 */
export function outputShape(operation: Operation, inputs: readonly Shape[]): Shape {
  const shape = shapeOf(operation, inputs);
  if (shape.every((size) => Number.isInteger(size) && size > 0)) return shape;
  throw refusal(`its input ${inputs.map(shapeText).join(' and ')} is too small`);
}

function shapeOf(operation: Operation, inputs: readonly Shape[]): Shape {
  const input = inputs[0] ?? [];
  switch (operation.kind) {
    case 'constant':
      return operation.value.shape;
    case 'conv':
      return convShape(operation, input);
    case 'conv-transpose':
      return convTransposeShape(operation, input);
    case 'pool':
      return poolShape(operation, input);
    case 'reduce':
      requireAxes(operation.axes, input);
      return input.flatMap((size, axis) => (!operation.axes.includes(axis) ? [size] : operation.keepAxes ? [1] : []));
    case 'dense':
      requireLast(input, operation.kernel.shape[0]!);
      return [...input.slice(0, -1), operation.kernel.shape[1]!];
    case 'batch-normalization':
      requireLast(input, operation.scale.shape[0]!);
      return input;
    case 'softmax':
      requireAxes([operation.axis], input);
      return input;
    case 'layer-normalization':
    case 'activate':
      return input;
    case 'prelu':
      if (shapeText(broadcast(input, operation.slope.shape)) !== shapeText(input))
        throw refusal(`its slopes are ${shapeText(operation.slope.shape)}, and its input is ${shapeText(input)}`);
      return input;
    case 'arithmetic':
      return broadcast(input, inputs[1] ?? []);
    case 'concatenate':
      return concatenated(operation.axis, inputs);
    case 'reshape':
      return reshaped(operation.shape, input);
    case 'transpose':
      requireAxes(operation.order, input);
      return operation.order.map((axis) => input[axis]!);
    case 'pad':
      requireRank(input, operation.margins.length);
      return input.map((size, axis) => size + sum(operation.margins[axis]!));
    case 'slice':
      requireRank(input, operation.axes.length);
      return operation.axes.map(({ start, end, step }) => Math.ceil((end - start) / step));
    case 'repeat':
      requireRank(input, operation.times.length);
      return input.map((size, axis) => size * operation.times[axis]!);
    case 'resize-bilinear':
      requireRank(input, 3);
      return [...operation.size, input[2]!];
    case 'embedding':
      return [...input, operation.table.shape[1]!];
    case 'lstm':
    case 'gru':
    case 'simple-rnn':
      requireRank(input, 2);
      requireLast(input, operation.kernel.shape[0]!);
      return [input[0]!, operation.recurrentKernel.shape[0]!];
  }
}

/** Samples that a window spans along one axis. */
export function windowSpan(size: number, dilation: number): number {
  return (size - 1) * dilation + 1;
}

/** The shape of two values that are broadcast against each other, from the last axis on. */
export function broadcast(a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, i) => {
    const [left, right] = [a.at(i - rank) ?? 1, b.at(i - rank) ?? 1];
    if (left === right || right === 1) return left;
    if (left === 1) return right;
    throw refusal(`${shapeText(a)} and ${shapeText(b)} do not fit each other`);
  });
}

function convShape({ kernel, strides, dilations, groups, margins }: Conv, input: Shape): Shape {
  const window = kernel.shape.slice(0, -2);
  requireRank(input, window.length + 1);
  requireLast(input, kernel.shape.at(-2)! * groups);
  const spans = window.map((size, axis) => windowSpan(size, dilations[axis]!));
  return [...windowedSizes(spans, strides, margins, input), kernel.shape.at(-1)!];
}

function convTransposeShape({ kernel, strides, dilations, crop }: ConvTranspose, input: Shape): Shape {
  const window = kernel.shape.slice(0, -2);
  requireRank(input, window.length + 1);
  requireLast(input, kernel.shape.at(-1)!);
  const sizes = window.map((size, axis) => {
    const full = (input[axis]! - 1) * strides[axis]! + windowSpan(size, dilations[axis]!);
    return full - sum(crop[axis]!);
  });
  return [...sizes, kernel.shape.at(-2)!];
}

function poolShape({ size, strides, margins }: Pool, input: Shape): Shape {
  requireRank(input, size.length + 1);
  return [...windowedSizes(size, strides, margins, input), input.at(-1)!];
}

function windowedSizes(spans: readonly number[], strides: readonly number[], margins: Margins, input: Shape): number[] {
  return spans.map((span, axis) => {
    const output = Math.floor((input[axis]! + sum(margins[axis]!) - span) / strides[axis]!) + 1;
    if (output >= 1) return output;
    throw refusal(`its input ${shapeText(input)} is smaller than its window of ${span}`);
  });
}

function concatenated(axis: number, inputs: readonly Shape[]): Shape {
  const [first = []] = inputs;
  requireAxes([axis], first);
  const without = (shape: Shape) => shapeText(shape.toSpliced(axis, 1));
  for (const shape of inputs)
    if (shape.length !== first.length || without(shape) !== without(first))
      throw refusal(`${shapeText(first)} and ${shapeText(shape)} cannot be joined along axis ${axis + 1}`);
  return first.with(
    axis,
    inputs.reduce((total, shape) => total + shape[axis]!, 0),
  );
}

function reshaped(shape: Shape, input: Shape): Shape {
  const [before, after] = [valueCount(input), valueCount(shape)];
  if (before % after === 0 || after % before === 0) return shape;
  throw refusal(`${shapeText(input)} cannot become ${shapeText(shape)}`);
}

function requireRank(input: Shape, rank: number): void {
  if (input.length !== rank)
    throw refusal(`its input is ${shapeText(input)}, and must have ${rank} axes besides the batch`);
}

function requireAxes(axes: readonly number[], input: Shape): void {
  for (const axis of axes)
    if (axis < 0 || axis >= input.length) throw refusal(`its input ${shapeText(input)} has no axis ${axis + 1}`);
}

function requireLast(input: Shape, size: number): void {
  if (input.at(-1) !== size)
    throw refusal(`its input is ${shapeText(input)}, and must have ${size} values on its last axis`);
}

function sum([before, after]: readonly [number, number]): number {
  return before + after;
}
