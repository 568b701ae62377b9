import { foldBatchNormalization } from '../network/fold-batch-normalization.js';
import type { Network, Node } from '../network/graph.js';
import { GraphBuilder } from './graph-builder.js';
import { addOperation } from './operations/add-operation.js';
import { asIs, inOrder, type StoredValue } from './stored-value.js';

/**
 * A network as the bytes of an ONNX file, with the network's inputs and outputs in their order and layout. In between,
 * values are stored as the operators want them.
 *
 * @param options `everyValue`: the value of every node is an output, by the node's name, and nothing is folded: to see
 *   where two engines part
 */
export function writeOnnx(network: Network, { everyValue = false } = {}): Uint8Array {
  const graph = new GraphBuilder();
  const { inputs, nodes, outputs } = everyValue ? network : foldBatchNormalization(network);
  const values = new Map<string, StoredValue>();
  for (const { name, shape } of inputs) values.set(name, { name, shape, order: asIs(shape.length), constant: false });
  for (const node of nodes) values.set(node.name, addNode(graph, node, values));
  const given = everyValue ? nodes.map(({ name, shape }) => ({ name, shape, node: name })) : outputs;
  const named = given.map((output) => ({ ...output, name: outputName(output.name, network) }));
  for (const { name, node, shape } of named) graph.rename(inOrder(graph, values.get(node)!, asIs(shape.length)), name);
  return graph.finish(inputs, named);
}

function addNode(graph: GraphBuilder, node: Node, values: ReadonlyMap<string, StoredValue>): StoredValue {
  return addOperation(
    graph,
    node,
    node.inputs.map((name) => values.get(name)!),
  );
}

/** An output may have the name of an input, which ONNX does not allow. */
function outputName(name: string, { inputs }: Network): string {
  return inputs.some((input) => input.name === name) ? `${name}/output` : name;
}
