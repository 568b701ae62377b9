import type { Pad, Reduce, Repeat, ResizeBilinear, Slice, Softmax, Transpose } from '../../network/operations.js';
import type { GraphBuilder } from '../graph-builder.js';
import { asIs, asStored, channelsFirst, inOrder, storedAxes, type StoredValue } from '../stored-value.js';

/** Changes the batch axis where the shapes hold different numbers of values. */
export function addReshape(graph: GraphBuilder, shape: readonly number[], input: StoredValue): StoredValue {
  const values = inOrder(graph, input, asIs(input.shape.length));
  const name = graph.node('Reshape', [values, graph.integers('shape', [-1, ...shape])]);
  return { name, shape, order: asIs(shape.length), constant: false };
}

/** Moves nothing yet. */
export function addTranspose({ order }: Transpose, shape: readonly number[], input: StoredValue): StoredValue {
  return { ...input, shape, order: order.map((axis) => input.order[axis]!) };
}

export function addSoftmax(graph: GraphBuilder, { axis, logarithm }: Softmax, input: StoredValue): StoredValue {
  const stored = { axis: { int: input.order[axis]! + 1 } };
  return { ...input, name: graph.node(logarithm ? 'LogSoftmax' : 'Softmax', [input.name], stored) };
}

const reductions: Readonly<Record<Reduce['reduce'], string>> = {
  max: 'ReduceMax',
  min: 'ReduceMin',
  mean: 'ReduceMean',
  sum: 'ReduceSum',
};

export function addReduce(
  graph: GraphBuilder,
  { reduce, axes, keepAxes }: Reduce,
  shape: readonly number[],
  input: StoredValue,
): StoredValue {
  const stored = axes.map((axis) => input.order[axis]! + 1).sort((a, b) => a - b);
  const keep = { keepdims: { int: Number(keepAxes) } };
  // The one that has its axes as an input already.
  const name =
    reduce === 'sum'
      ? graph.node('ReduceSum', [input.name, graph.integers('axes', stored)], keep)
      : graph.node(reductions[reduce], [input.name], { ...keep, axes: { ints: stored } });
  const order = keepAxes ? input.order : ranks(input.order.filter((_, axis) => !axes.includes(axis)));
  return { ...input, name, shape, order };
}

/** Numbers replaced by their places when sorted. */
function ranks(numbers: readonly number[]): number[] {
  const sorted = numbers.toSorted((a, b) => a - b);
  return numbers.map((number) => sorted.indexOf(number));
}

export function addPad(
  graph: GraphBuilder,
  { margins, mode, value }: Pad,
  shape: readonly number[],
  input: StoredValue,
): StoredValue {
  const stored = [[0, 0] as const, ...asStored(margins, input.order)];
  const counts = [...stored.map(([before]) => before), ...stored.map(([, after]) => after)];
  const inputs = [input.name, graph.integers('margins', counts)];
  if (mode === 'constant') inputs.push(graph.floats('value', { shape: [], data: new Float32Array([value]) }));
  return { ...input, name: graph.node('Pad', inputs, { mode: { string: mode } }), shape };
}

/** Stands for the place before the first value, where -1 is the last. */
const beforeFirst = -(2 ** 31);

export function addSlice(
  graph: GraphBuilder,
  { axes }: Slice,
  shape: readonly number[],
  input: StoredValue,
): StoredValue {
  const stored = asStored(axes, input.order);
  const name = graph.node('Slice', [
    input.name,
    graph.integers(
      'starts',
      stored.map(({ start }) => start),
    ),
    graph.integers(
      'ends',
      stored.map(({ end }) => (end < 0 ? beforeFirst : end)),
    ),
    graph.integers(
      'axes',
      stored.map((_, axis) => axis + 1),
    ),
    graph.integers(
      'steps',
      stored.map(({ step }) => step),
    ),
  ]);
  return { ...input, name, shape };
}

export function addRepeat(
  graph: GraphBuilder,
  { times }: Repeat,
  shape: readonly number[],
  input: StoredValue,
): StoredValue {
  const scales = [1, ...asStored(times, input.order)];
  const data = Float32Array.from(scales);
  const name = graph.node('Resize', [input.name, '', graph.floats('times', { shape: [scales.length], data })], {
    mode: { string: 'nearest' },
    coordinate_transformation_mode: { string: 'asymmetric' },
    nearest_mode: { string: 'floor' },
  });
  return { ...input, name, shape };
}

const pixelModes: Readonly<Record<ResizeBilinear['pixels'], string>> = {
  'half-pixel': 'half_pixel',
  asymmetric: 'asymmetric',
  'align-corners': 'align_corners',
};

export function addResize(
  graph: GraphBuilder,
  { pixels }: ResizeBilinear,
  shape: readonly number[],
  input: StoredValue,
): StoredValue {
  const order = channelsFirst(3);
  const scales = [1, ...storedAxes(order).map((axis) => scaleOf(input.shape[axis]!, shape[axis]!))];
  const data = Float32Array.from(scales);
  const values = inOrder(graph, input, order);
  const name = graph.node('Resize', [values, '', graph.floats('scales', { shape: [scales.length], data })], {
    mode: { string: 'linear' },
    coordinate_transformation_mode: { string: pixelModes[pixels] },
  });
  return { name, shape, order, constant: false };
}

/** A 32-bit scale under which a size becomes the wanted one: ONNX takes the whole part of the product, in 32 or 64 bits. */
function scaleOf(from: number, to: number): number {
  const scale = Math.fround(to / from);
  return from * scale < to ? scale * (1 + 2 ** -23) : scale;
}
