import type { Arithmetic, Concatenate } from '../../network/operations.js';
import { valueCount } from '../../network/tensor.js';
import type { GraphBuilder } from '../graph-builder.js';
import { asIs, inOrder, type StoredValue } from '../stored-value.js';

const operators: Readonly<Record<Arithmetic['operator'], string>> = {
  add: 'Add',
  subtract: 'Sub',
  multiply: 'Mul',
  divide: 'Div',
  maximum: 'Max',
  minimum: 'Min',
  power: 'Pow',
};

export function addArithmetic(
  graph: GraphBuilder,
  { operator }: Arithmetic,
  shape: readonly number[],
  inputs: readonly StoredValue[],
): StoredValue {
  const operands = inputs.map((input) => withRank(graph, input, shape.length));
  // The larger one stays where it is; a constant costs nothing to move.
  const [first] = operands.toSorted(
    (a, b) => Number(a.constant) - Number(b.constant) || valueCount(b.shape) - valueCount(a.shape),
  );
  const { order } = first!;
  const names = operands.map((operand) => inOrder(graph, operand, order));
  return { name: graph.node(operators[operator], names), shape, order, constant: inputs.every(isConstant) };
}

export function addConcatenate(
  graph: GraphBuilder,
  { axis }: Concatenate,
  shape: readonly number[],
  inputs: readonly StoredValue[],
): StoredValue {
  const leader = inputs.find((input) => !input.constant) ?? inputs[0]!;
  const { order } = leader;
  const names = inputs.map((input) => {
    const name = inOrder(graph, input, order);
    return input.constant && !leader.constant ? repeatedFor(graph, name, input.shape, leader.name) : name;
  });
  const name = graph.node('Concat', names, { axis: { int: order[axis]! + 1 } });
  return { name, shape, order, constant: leader.constant };
}

function isConstant({ constant }: StoredValue): boolean {
  return constant;
}

/** ONNX aligns shapes from their last axis on, and would take the batch for another one. */
function withRank(graph: GraphBuilder, value: StoredValue, rank: number): StoredValue {
  if (value.shape.length === rank) return value;
  const shape = [...Array<number>(rank - value.shape.length).fill(1), ...value.shape];
  const name = inOrder(graph, value, asIs(value.shape.length));
  const sizes = graph.integers('shape', [value.constant ? 1 : -1, ...shape]);
  return { ...value, name: graph.node('Reshape', [name, sizes]), shape, order: asIs(rank) };
}

/** A constant as often as `other` has inputs in its batch. */
function repeatedFor(graph: GraphBuilder, constant: string, shape: readonly number[], other: string): string {
  const batch = graph.node('Slice', [
    graph.node('Shape', [other]),
    graph.integers('start', [0]),
    graph.integers('end', [1]),
  ]);
  const ones = graph.integers('ones', Array<number>(shape.length).fill(1));
  return graph.node('Expand', [constant, graph.node('Concat', [batch, ones], { axis: { int: 0 } })]);
}
