import { expect, it } from '@jest/globals';

import { factsOf } from './file-facts.js';

it.each([
  ['3.8.0', 'half-pixel'],
  ['2.3.1', 'half-pixel'],
  ['2.2.4-tf', 'half-pixel'],
  ['2.2.4', undefined],
])('Keras %s has the pixels of bilinear interpolation at %s', (keras_version, pixels) => {
  expect(factsOf({}, { keras_version }, new Map()).pixels).toBe(pixels);
});
