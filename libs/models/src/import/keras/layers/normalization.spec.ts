import { describe, expect, it } from '@jest/globals';

import { evaluateOutputs } from '../../../evaluate/evaluate.js';
import { buildNetwork, readTopology } from '../import-model.js';

/** What a Rescaling makes of ones, 3 x 3. */
function rescaled(scale: unknown): number[] {
  const config = { name: 'layer', batch_input_shape: [null, 3, 3], scale, offset: 0 };
  const topology = { class_name: 'Sequential', config: [{ class_name: 'Rescaling', config }] };
  const network = buildNetwork(
    readTopology(topology, { keras: 3, backend: 'other', pixels: 'half-pixel' }),
    new Map(),
    {},
  );
  return [...evaluateOutputs(network, [new Float32Array(9).fill(1)], 1)[0]!];
}

describe('Rescaling', () => {
  it.each([[[1, 2, 4]], [[[1, 2, 4]]], [{ class_name: '__numpy__', config: { value: [[1, 2, 4]] } }]])(
    'has a factor for each value of the last axis: %j',
    (scale) => {
      expect(rescaled(scale)).toEqual([1, 2, 4, 1, 2, 4, 1, 2, 4]);
    },
  );

  it('is refused where its factors lie along another axis', () => {
    expect(() => rescaled([[1], [2], [4]])).toThrow('scale = [[1],[2],[4]] is not supported');
  });
});
