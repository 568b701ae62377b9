import type { Value } from '../../network/graph.js';
import type { Margins } from '../../network/operations.js';

/** As many as the batch has inputs, times a number. */
export interface BatchMultiple {
  batch: number;
}

/** A whole number of a shape, which may depend on the size of the batch. */
export type Size = number | BatchMultiple;

/** What is the same for all inputs, or depends on their number alone. It is computed while importing. */
export type Known =
  | { kind: 'floats'; shape: readonly number[]; values: Float32Array }
  | { kind: 'integers'; dtype: 'int32' | 'bool'; shape: readonly number[]; values: readonly Size[] };

/** What the network computes. Its first axis is the batch, which its `value` leaves out. */
export interface Flow {
  kind: 'flow';
  value: Value;
  /** The first axis has so many rows for each input. */
  times: number;
  /** Whether the graph calls its values integers. */
  whole: boolean;
}

/**
 * What SpaceToBatchND makes of an image: the pixels that a dilated window sees, as inputs of their own. Only a
 * convolution and BatchToSpaceND may follow, which together with it are a dilated convolution.
 */
export interface Spread {
  kind: 'spread';
  /** The image before, or the convolution of it. */
  flow: Flow;
  block: readonly number[];
  /** Zeros to be added around the image before it is convolved; undefined once it is. */
  margins: Margins | undefined;
}

export type GraphValue = Known | Flow;

/** What a node may give. */
export type NodeValue = GraphValue | Spread;

export function knownFloats(shape: readonly number[], values: Float32Array): Known {
  return { kind: 'floats', shape, values };
}

export function knownIntegers(
  shape: readonly number[],
  values: readonly Size[],
  dtype: 'int32' | 'bool' = 'int32',
): Known {
  return { kind: 'integers', dtype, shape, values };
}

/** How many axes it has, the batch included. */
export function rankOf(value: GraphValue): number {
  return value.kind === 'flow' ? value.value.shape.length + 1 : value.shape.length;
}

/** Its sizes, the batch included. */
export function sizesOf(value: GraphValue): Size[] {
  return value.kind === 'flow' ? [{ batch: value.times }, ...value.value.shape] : [...value.shape];
}
