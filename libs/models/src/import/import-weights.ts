import { refusal } from '../errors.js';
import type { Network } from '../network/network.js';
import { importKerasHdf5 } from './keras-hdf5.js';
import { importTfjsLayers, tfjsShardNames } from './tfjs-layers.js';

/** The content of weights files by their name in the bundle. */
export type WeightsFiles = ReadonlyMap<string, Uint8Array>;

/**
 * The names of the files that a weights file refers to.
 *
 * @throws ModelError if the file's format is not supported
 */
export function furtherFiles(main: string, bytes: Uint8Array): string[] {
  return formatOf(main) === 'tfjs' ? tfjsShardNames(bytes) : [];
}

/**
 * The network in a bundle's weights.
 *
 * @param main the file that the card names
 * @throws ModelError if anything about it is not supported
 */
export async function importWeights(main: string, files: WeightsFiles): Promise<Network> {
  const bytes = files.get(main);
  if (!bytes) throw refusal(`the weights file ${main} is missing`);
  return formatOf(main) === 'tfjs' ? importTfjsLayers(bytes, files) : importKerasHdf5(bytes);
}

function formatOf(name: string): 'keras' | 'tfjs' {
  if (/\.(h5|hdf5)$/i.test(name)) return 'keras';
  if (/\.json$/i.test(name)) return 'tfjs';
  throw refusal(`weights ${name}: supported are Keras .h5 and .hdf5, and the .json of a TensorFlow.js layers model`);
}
