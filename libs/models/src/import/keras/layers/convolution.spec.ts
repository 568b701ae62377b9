import { expect, it } from '@jest/globals';

import { buildNetwork, readTopology } from '../import-model.js';

it.each([
  ['DepthwiseConv2D', {}],
  ['SeparableConv2D', { filters: 2 }],
  ['Conv2DTranspose', { filters: 2 }],
])('%s is refused in files made by Theano, which has kernels in ways of its own', (className, options) => {
  const config = { name: 'layer', kernel_size: 3, batch_input_shape: [null, 5, 5, 2], ...options };
  const topology = { class_name: 'Sequential', config: [{ class_name: className, config }] };
  const model = readTopology(topology, { keras: 2, backend: 'theano', pixels: 'half-pixel' });
  expect(() => buildNetwork(model, new Map(), {})).toThrow(
    `layer layer (${className}): made by Theano it is not supported; save it anew with TensorFlow`,
  );
});
