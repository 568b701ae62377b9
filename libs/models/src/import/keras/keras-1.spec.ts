import { describe, expect, it } from '@jest/globals';

import { readTopology } from './import-model.js';

/** A model of one layer, as Keras 1.2 describes it. */
function read(class_name: string, config: Record<string, unknown>) {
  const options = { name: 'layer', trainable: true, batch_input_shape: [null, 3], input_dtype: 'float32', ...config };
  return readTopology(
    { class_name: 'Sequential', config: [{ class_name, config: options }] },
    { keras: 1, backend: 'other', pixels: 'half-pixel' },
  );
}

describe('a layer of Keras 1', () => {
  it('may be an Embedding', () => {
    const options = { input_dim: 7, output_dim: 2, init: 'uniform', input_length: 3, mask_zero: false, dropout: 0 };
    const [, layer] = read('Embedding', { ...options, W_regularizer: null, W_constraint: null, weights: null }).parts;
    expect(layer).toMatchObject({ weights: ['embeddings'], config: { input_dim: 7, output_dim: 2 } });
  });

  it.each([1, 2])('is refused where it normalises by the batch, mode %i', (mode) => {
    expect(() => read('BatchNormalization', { mode, axis: -1, epsilon: 1e-3, momentum: 0.99 })).toThrow(
      `layer layer (BatchNormalization): mode = ${mode} is not supported, it must be 0`,
    );
  });

  it('may be a BatchNormalization by what it has learnt', () => {
    const [, layer] = read('BatchNormalization', { mode: 0, axis: -1, epsilon: 1e-3, momentum: 0.99 }).parts;
    expect(layer!.weights).toEqual(['gamma', 'beta', 'moving_mean', 'moving_variance']);
  });
});
