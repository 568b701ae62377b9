import { permute } from '../network/permute.js';
import type { Tensor } from '../network/tensor.js';
import type { GraphBuilder } from './graph-builder.js';

/** For each axis of a value, which axis it is where it is stored. Neither counts the batch axis. */
export type AxisOrder = readonly number[];

/**
 * A value of the network where it lies in the ONNX graph: its axes may be stored in another order, so that nothing is
 * moved until an operator asks for it.
 */
export interface StoredValue {
  /** In the ONNX graph. */
  name: string;
  /** As the network has it. */
  shape: readonly number[];
  order: AxisOrder;
  /** A constant: its batch axis has size 1. */
  constant: boolean;
}

/** Every axis where the network has it. */
export function asIs(rank: number): AxisOrder {
  return Array.from({ length: rank }, (_, axis) => axis);
}

/** The last axis, the channels, stored before all others. */
export function channelsFirst(rank: number): AxisOrder {
  return Array.from({ length: rank }, (_, axis) => (axis + 1) % rank);
}

/** The axes of the network in the order in which they are stored. */
export function storedAxes(order: AxisOrder): number[] {
  const axes: number[] = [];
  order.forEach((stored, axis) => (axes[stored] = axis));
  return axes;
}

/** Items of the network's axes, such as sizes, in the order in which the axes are stored. */
export function asStored<T>(items: readonly T[], order: AxisOrder): T[] {
  return storedAxes(order).map((axis) => items[axis]!);
}

/** The name under which a value is stored in a given order; a transposition is added where it is not yet. */
export function inOrder(graph: GraphBuilder, value: StoredValue, order: AxisOrder): string {
  const axes = storedAxes(order).map((axis) => value.order[axis]!);
  if (axes.every((from, to) => from === to)) return value.name;
  return graph.node('Transpose', [value.name], { perm: { ints: [0, ...axes.map((axis) => axis + 1)] } });
}

/**
 * A tensor of the network, without batch axis, as a constant that is broadcast against values stored in an order.
 *
 * @param order of as many axes as the tensor has, or more
 */
export function broadcastConstant(graph: GraphBuilder, name: string, tensor: Tensor, order: AxisOrder): string {
  const shape = [...Array<number>(order.length - tensor.shape.length).fill(1), ...tensor.shape];
  return graph.floats(name, permute({ shape, data: tensor.data }, storedAxes(order)));
}
