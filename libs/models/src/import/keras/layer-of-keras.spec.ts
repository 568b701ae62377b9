import { describe, expect, it } from '@jest/globals';

import { readTopology } from './import-model.js';

interface RawLayer {
  class_name: string;
  module?: string | null;
  registered_name?: string | null;
  config: Record<string, unknown>;
}

const relu: RawLayer = { class_name: 'ReLU', config: { name: 'relu' } };

function read(layer: RawLayer) {
  const input = { class_name: 'InputLayer', config: { name: 'x', batch_shape: [null, 2, 3] } };
  return readTopology(
    { class_name: 'Sequential', config: { layers: [input, layer] } },
    { keras: 3, backend: 'other', pixels: 'half-pixel' },
  );
}

describe('the class of a layer', () => {
  it.each([
    [{}],
    [{ module: 'keras.layers', registered_name: null }],
    [{ module: 'keras.src.layers.activations.relu', registered_name: 'ReLU' }],
    [{ module: 'tf_keras.layers' }],
    [{ module: 'tensorflow.python.keras.layers' }],
  ])('is of Keras where the file says %j', (of) => {
    expect(read({ ...relu, ...of }).parts.map(({ className }) => className)).toEqual(['InputLayer', 'ReLU']);
  });

  it.each([
    [{ module: 'my_project.layers', registered_name: 'ReLU' }, 'ReLU of my_project.layers'],
    [{ module: 'keras_cv.layers', registered_name: 'keras_cv>ReLU' }, 'keras_cv>ReLU of keras_cv.layers'],
    [{ module: null, registered_name: 'Custom>ReLU' }, 'Custom>ReLU of your own'],
  ])('is refused where the file says %j', (of, said) => {
    const refused = `layer relu is of class ${said}, whose code is not in the file`;
    const foreign = { ...relu, ...of };
    expect(() => read(foreign)).toThrow(refused);
    expect(() => read({ class_name: 'TimeDistributed', config: { name: 'steps', layer: foreign } })).toThrow(refused);
  });
});
