import type { Network, Node } from '../../network/graph.js';

/**
 * The first layer that TensorFlow.js has no operation for, or gives wrong values for without a word: with the name of
 * its layer and operation. Undefined if it can compute the network.
 */
export function unsupportedByTfjs(network: Network): string | undefined {
  const ranks = new Map([...network.inputs, ...network.nodes].map(({ name, shape }) => [name, shape.length]));
  for (const node of network.nodes) {
    const fault = faultOf(node, Math.max(node.shape.length, ...node.inputs.map((name) => ranks.get(name)!)));
    if (fault !== undefined) return `layer ${node.layer} (${node.operation.kind}): ${fault}`;
  }
  return undefined;
}

/** @param rank of the value with most axes, without the batch */
function faultOf({ operation }: Node, rank: number): string | undefined {
  // With the batch 7, for which the WebAssembly backend prints an error and leaves the result as it was.
  if (rank > 5) return `values of ${rank} axes are not supported`;
  if (operation.kind === 'conv' && operation.strides.length === 3 && operation.groups > 1)
    return 'groups over three axes are not supported';
  if ((operation.kind === 'conv-transpose' || operation.kind === 'pool') && operation.strides.length === 3)
    return 'three axes are not supported';
  return undefined;
}
