import type { Dense, Embedding } from '../../network/operations.js';
import type { GraphBuilder } from '../graph-builder.js';
import { asIs, inOrder, type StoredValue } from '../stored-value.js';

export function addDense(
  graph: GraphBuilder,
  layer: string,
  { kernel, bias }: Dense,
  shape: readonly number[],
  input: StoredValue,
): StoredValue {
  const order = asIs(shape.length);
  const inputs = [inOrder(graph, input, order), graph.floats(`${layer}/kernel`, kernel)];
  const product = graph.node('MatMul', inputs);
  const name = bias ? graph.node('Add', [product, graph.floats(`${layer}/bias`, bias)]) : product;
  return { name, shape, order, constant: false };
}

export function addEmbedding(
  graph: GraphBuilder,
  layer: string,
  { table }: Embedding,
  shape: readonly number[],
  input: StoredValue,
): StoredValue {
  const numbers = graph.node('Cast', [inOrder(graph, input, asIs(input.shape.length))], { to: { int: int64 } });
  const name = graph.node('Gather', [graph.floats(`${layer}/table`, table), numbers]);
  return { name, shape, order: asIs(shape.length), constant: false };
}

/** Its number among ONNX's types. */
const int64 = 7;
