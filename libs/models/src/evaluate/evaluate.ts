import type { Network, Node } from '../network/graph.js';
import { applyOperation } from './apply-operation.js';
import type { Batch } from './batch.js';

/**
 * Evaluates a network by the definitions of its operations, in plain loops: sums are 64-bit floats, and what each node
 * gives is rounded to 32. Slow, and independent of all else that computes networks: what those are checked with.
 *
 * @param inputs one array per input of the network, each of `rows` rows, channels last
 * @returns what each node gives, by its name; constants have one row
 */
export function evaluate(network: Network, inputs: readonly Float32Array[], rows: number): Map<string, Float32Array> {
  return new Map([...evaluateNodes(network, inputs, rows)].map(({ node, value }) => [node.name, value.data]));
}

/** As {@link evaluate}, but only what the network gives, in order; no other values are kept longer than needed. */
export function evaluateOutputs(network: Network, inputs: readonly Float32Array[], rows: number): Float32Array[] {
  const wanted = new Map<string, Batch>(inputBatches(network, inputs, rows));
  const names = new Set(network.outputs.map(({ node }) => node));
  for (const { node, value } of evaluateNodes(network, inputs, rows))
    if (names.has(node.name)) wanted.set(node.name, value);
  return network.outputs.map(({ node }) => {
    const { constant, data } = wanted.get(node)!;
    return constant ? repeated(data, rows) : data;
  });
}

/** Node by node, in order. A value is let go once no further node takes it. */
export function* evaluateNodes(
  network: Network,
  inputs: readonly Float32Array[],
  rows: number,
): Generator<{ node: Node; value: Batch }> {
  const values = new Map<string, Batch>(inputBatches(network, inputs, rows));
  const lastUse = new Map(network.nodes.flatMap((node, index) => node.inputs.map((name) => [name, index])));
  for (const [index, node] of network.nodes.entries()) {
    const value = applyOperation(
      node,
      node.inputs.map((name) => values.get(name)!),
    );
    for (const name of node.inputs) if (lastUse.get(name) === index) values.delete(name);
    if (lastUse.has(node.name)) values.set(node.name, value);
    yield { node, value };
  }
}

function inputBatches(network: Network, inputs: readonly Float32Array[], rows: number): [string, Batch][] {
  return network.inputs.map(({ name, shape }, i) => [name, { shape, rows, constant: false, data: inputs[i]! }]);
}

function repeated(data: Float32Array, times: number): Float32Array {
  const result = new Float32Array(times * data.length);
  for (let i = 0; i < times; i++) result.set(data, i * data.length);
  return result;
}
