import type { Tensor as TfTensor } from '@tensorflow/tfjs-core';

import type { Pad, Reduce, Repeat, Slice } from '../../network/operations.js';
import type { Tf } from '../load-tfjs.js';
import { onOne, type TfOperation } from './tf-operation.js';

export function reduce(tf: Tf, { reduce: kind, axes, keepAxes }: Reduce): TfOperation {
  return onOne((x) =>
    tf[kind](
      x,
      axes.map((axis) => axis + 1),
      keepAxes,
    ),
  );
}

export function pad(tf: Tf, { margins, mode, value }: Pad, input: readonly number[]): TfOperation {
  if (mode === 'constant') return onOne((x) => tf.pad(x, [[0, 0], ...margins] as [number, number][], value));
  const inside = (index: number, size: number) => {
    if (mode === 'edge') return Math.min(size - 1, Math.max(0, index));
    return index < 0 ? -index : index < size ? index : 2 * (size - 1) - index;
  };
  return picked(
    tf,
    margins.map(([before, after], axis) => {
      const size = input[axis]!;
      return Array.from({ length: before + size + after }, (_, i) => inside(i - before, size));
    }),
    input,
  );
}

export function slice(tf: Tf, { axes }: Slice, input: readonly number[]): TfOperation {
  const places = axes.map(({ start, end, step }) =>
    Array.from({ length: Math.ceil((end - start) / step) }, (_, i) => start + i * step),
  );
  return picked(tf, places, input);
}

export function repeat(tf: Tf, { times }: Repeat, input: readonly number[]): TfOperation {
  const places = input.map((size, axis) =>
    Array.from({ length: size * times[axis]! }, (_, i) => Math.floor(i / times[axis]!)),
  );
  return picked(tf, places, input);
}

/** Values by their places on each axis. An axis that stays as it is costs nothing. */
function picked(tf: Tf, places: readonly (readonly number[])[], input: readonly number[]): TfOperation {
  const changed = places.flatMap((indices, axis) =>
    indices.length === input[axis]! && indices.every((index, i) => index === i)
      ? []
      : [{ axis: axis + 1, indices: tf.tensor1d([...indices], 'int32') }],
  );
  return {
    weights: changed.map(({ indices }) => indices),
    apply: ([x]) => changed.reduce((value: TfTensor, { axis, indices }) => tf.gather(value, indices, axis), x!),
  };
}
