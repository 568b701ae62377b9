import { expect, it } from '@jest/globals';

import { kerasRows, networkOf, readKerasCases } from '../../test-support/operations/keras-cases.js';
import { evaluateOutputs } from './evaluate.js';

it.each(readKerasCases())('$name gives what Keras gives', ({ operation, inputs, output }) => {
  const network = networkOf(operation, ...inputs.map(({ shape }) => shape));
  expect(network.outputs[0]!.shape).toEqual(output.shape);
  const data = inputs.map((input) => input.data);
  const [actual] = evaluateOutputs(network, data, kerasRows);
  expect(actual).toHaveLength(output.data.length);
  // The references are rounded to 32-bit floats; TensorFlow places pixels in them, too.
  const excess = output.data.map((value, i) => Math.abs(actual![i]! - value) - 1e-6 * (1 + Math.abs(value)));
  expect(Math.max(...excess)).toBeLessThan(0);
});
