import { describe, expect, it } from '@jest/globals';

import { buildNetwork, readTopology } from './import-model.js';

interface Layer {
  class_name: string;
  config: Record<string, unknown>;
}

/** A sequence of layers without weights, of 4 steps of 3 x 2 values. */
function build(...layers: Layer[]): unknown {
  const input = { class_name: 'InputLayer', config: { name: 'x', batch_input_shape: [null, 4, 3, 2] } };
  const named = layers.map(({ class_name, config }, i) => ({
    class_name,
    config: { name: `${class_name}_${i}`, ...config },
  }));
  const topology = { class_name: 'Sequential', config: { layers: [input, ...named] } };
  return buildNetwork(readTopology(topology, { keras: 2, backend: 'other', pixels: 'half-pixel' }), new Map(), {});
}

const layer = (class_name: string, config: Record<string, unknown> = {}): Layer => ({ class_name, config });
const timeDistributed = (inner: string, config: Record<string, unknown> = {}) =>
  layer('TimeDistributed', { layer: layer(inner, { name: inner, ...config }) });

const masking = layer('Masking');
const softmax = layer('Softmax');
const skips = 'it would skip masked steps';

describe('a mask', () => {
  it.each([
    ['from one layer to the next', [masking, softmax]],
    ['through layers that pass it on', [masking, layer('Activation', { activation: 'relu' }), softmax]],
    ['through a layer at each step', [masking, timeDistributed('ReLU'), softmax]],
    ['into a layer at each step', [masking, timeDistributed('Softmax')]],
    ['from a layer at each step to another', [timeDistributed('Masking'), timeDistributed('GlobalAveragePooling1D')]],
  ])('is followed %s', (_, layers) => {
    expect(() => build(...layers)).toThrow(skips);
  });

  it('ends where a layer takes no notice of it', () => {
    const flattened = layer('Reshape', { target_shape: [24] });
    expect(build(masking, timeDistributed('ReLU'), flattened, softmax)).toMatchObject({ outputs: [{ shape: [24] }] });
  });
});
