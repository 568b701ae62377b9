import { describe, expect, it } from '@jest/globals';

import { tfjsModel } from '../../../../../../test/models/tfjs-model.js';
import { importTfjsLayers } from '../../tfjs-layers/import-tfjs-layers.js';

const upSampling = { className: 'UpSampling2D', options: { size: [2, 2], interpolation: 'bilinear' } };

/** Of a model of TensorFlow.js. @param writer what the file calls its version of Keras */
function imported(writer: string) {
  const files = tfjsModel([3, 3, 1], [upSampling]);
  const text = new TextDecoder().decode(files.get('model.json'));
  const changed = text.replace('"modelTopology":{', `"modelTopology":{"keras_version":"${writer}",`);
  expect(changed).not.toBe(text);
  return importTfjsLayers(new TextEncoder().encode(changed), files).network;
}

describe('a bilinear UpSampling2D', () => {
  it('of TensorFlow.js has its pixels at their corners', () => {
    expect(imported('tfjs-layers 4.22.0').nodes[0]!.operation).toMatchObject({ size: [6, 6], pixels: 'asymmetric' });
  });

  it('is refused in a converted model, which gives one thing in Keras and another in TensorFlow.js', () => {
    expect(() => imported('2.15.0')).toThrow('interpolation = "bilinear" is not supported in such a file');
  });
});
