import type { Network, Node } from './graph.js';
import type { BatchNormalization, Conv, ConvTranspose, Dense } from './operations.js';
import type { Tensor } from './tensor.js';

type Affine = Conv | ConvTranspose | Dense;

/**
 * The same network with each BatchNormalization that follows a convolution or a dense layer made a part of its kernel
 * and its bias. It stays where something else takes the layer's value too.
 */
export function foldBatchNormalization(network: Network): Network {
  const uses = new Map<string, number>();
  const taken = [...network.nodes.flatMap(({ inputs }) => inputs), ...network.outputs.map(({ node }) => node)];
  for (const name of taken) uses.set(name, (uses.get(name) ?? 0) + 1);
  const nodes: Node[] = [];
  for (const node of network.nodes) {
    const before = nodes.findLastIndex(({ name }) => name === node.inputs[0]);
    const source = nodes[before];
    if (node.operation.kind === 'batch-normalization' && source && isAffine(source) && uses.get(source.name) === 1) {
      // The kernel's node takes the place, and the name, of the normalization's.
      nodes.splice(before, 1);
      nodes.push({ ...source, name: node.name, operation: scaled(source.operation, node.operation) });
    } else nodes.push(node);
  }
  return { ...network, nodes };
}

function isAffine(node: Node): node is Node<Affine> {
  return ['conv', 'conv-transpose', 'dense'].includes(node.operation.kind);
}

function scaled(operation: Affine, { epsilon, mean, variance, scale, offset }: BatchNormalization): Affine {
  const factors = Array.from(scale.data, (value, i) => value / Math.sqrt(variance.data[i]! + epsilon));
  const bias = factors.map((factor, i) => ((operation.bias?.data[i] ?? 0) - mean.data[i]!) * factor + offset.data[i]!);
  return {
    ...operation,
    kernel: scaledKernel(operation, factors),
    bias: { shape: [factors.length], data: Float32Array.from(bias) },
  };
}

/** Channels out are the last axis but one of a transposed convolution, and the last of others. */
function scaledKernel({ kind, kernel: { shape, data } }: Affine, factors: readonly number[]): Tensor {
  const step = kind === 'conv-transpose' ? shape.at(-1)! : 1;
  return { shape, data: data.map((value, i) => value * factors[Math.floor(i / step) % factors.length]!) };
}
