import { describe, expect, it } from '@jest/globals';

import { dense, made } from '../../../../test/models/small-networks.js';
import type { Network } from '../network/graph.js';
import type { Dense } from '../network/operations.js';
import { writeOnnx } from '../onnx/write-network.js';
import { checkConversion } from './check-engines.js';

const network = made([3], dense(3));
const [node] = network.nodes;
const operation = node!.operation as Dense;

/** The same network with other values for its kernel. */
function withKernel(change: (value: number) => number): Network {
  const kernel = { ...operation.kernel, data: operation.kernel.data.map(change) };
  return { ...network, nodes: [{ ...node!, operation: { ...operation, kernel } }] };
}

describe('checkConversion', () => {
  it('names the reference and the largest difference', async () => {
    const check = await checkConversion(network, writeOnnx(network));
    expect(check.reference).toBe('evaluator');
    expect(check.largestDifference).toBeLessThan(1e-6);
  });

  it('refuses a file that is not quite the network it was made of', async () => {
    const other = writeOnnx(withKernel((value) => value * 1.0001));
    await expect(checkConversion(network, other)).rejects.toThrow('the engines disagree');
  });

  it('refuses a network that gives infinite values', async () => {
    const infinite = withKernel((value) => value * 3.4e38);
    const twice: Network = {
      ...infinite,
      nodes: [...infinite.nodes, { ...node!, name: 'twice', inputs: [node!.name], operation: { kind: 'activate', function: 'square' } }],
      outputs: [{ name: 'twice', node: 'twice', shape: node!.shape }],
    };
    await expect(checkConversion(twice, writeOnnx(twice))).rejects.toThrow('gives values that are not finite');
  });
});
