import { describe, expect, it } from '@jest/globals';

import { tfjsModel } from '../../../../test/models/tfjs-model.js';
import { importTfjsLayers } from '../import/tfjs-layers.js';
import type { DenseLayer, Network } from '../network/network.js';
import { writeOnnx } from '../onnx/write-onnx.js';
import { checkEngines } from './check-engines.js';

const files = tfjsModel([3], [{ className: 'Dense', options: { units: 2 }, weights: { kernel: [3, 2], bias: [2] } }]);
const network = importTfjsLayers(files.get('model.json')!, files);
const layer = network.layers[0] as DenseLayer;

/** The same network with other values for its kernel. */
function withKernel(change: (value: number) => number): Network {
  return { ...network, layers: [{ ...layer, kernel: { ...layer.kernel, data: layer.kernel.data.map(change) } }] };
}

describe('checkEngines', () => {
  it('names the reference and the largest difference', async () => {
    const check = await checkEngines(network, writeOnnx(network));
    expect(check.reference).toMatch(/^tfjs \d/);
    expect(check.largestDifference).toBeLessThan(1e-6);
  });

  it('refuses a file that is not quite the network it was made of', async () => {
    const other = writeOnnx(withKernel((value) => value * 1.0001));
    await expect(checkEngines(network, other)).rejects.toThrow('the engines disagree');
  });

  it('refuses a network that gives infinite values', async () => {
    const { layers } = withKernel(() => 3e38);
    const square = { shape: [2, 2], data: Float32Array.of(3e38, 3e38, 3e38, 3e38) };
    const infinite = { ...network, layers: [...layers, { ...layer, kernel: square }] };
    await expect(checkEngines(infinite, writeOnnx(infinite))).rejects.toThrow('gives values that are not finite');
  });
});
