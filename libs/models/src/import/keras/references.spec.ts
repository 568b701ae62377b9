import { describe, expect, it } from '@jest/globals';

import { readKerasFile, readKerasReference, referenceRows } from '../../../../../test/models/keras-references.js';
import { evaluateOutputs } from '../../evaluate/evaluate.js';
import { importKerasArchive } from './archive.js';
import { importKerasHdf5 } from './hdf5.js';

const families = [
  'activations',
  'augmentation',
  'convolutions',
  'merging',
  'models',
  'normalizations',
  'operators',
  'poolings',
  'recurrent',
  'shaping',
  'statistics',
  'volumes',
];

/** As the checks at registration have it. */
const tolerance = 1e-5;

describe.each(families)('what Keras predicts with its %s', (family) => {
  const { inputs, outputs } = readKerasReference(family);
  it.each([
    ['an HDF5 file', () => importKerasHdf5(readKerasFile(family, 'h5'))],
    ['an archive', () => importKerasArchive(readKerasFile(family, 'keras'))],
  ])('comes out of %s', async (_, importFile) => {
    const { network } = await importFile();
    expect(network.outputs.map(({ name, shape }) => [name, [referenceRows, ...shape]])).toEqual(
      [...outputs].map(([name, { shape }]) => [name, shape]),
    );
    const data = inputs.map((input) => input.data);
    const actual = evaluateOutputs(network, data, referenceRows);
    const differing = [...outputs].flatMap(([name, { data: expected }], output) => {
      const differences = expected.map((value, i) => Math.abs(actual[output]![i]! - value) / (1 + Math.abs(value)));
      return Math.max(...differences) < tolerance ? [] : [name];
    });
    expect(differing).toEqual([]);
  });
});
