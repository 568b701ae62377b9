import { refusal } from '../errors.js';
import type { ImportedModel, ImportHints } from './imported-model.js';
import { parseJson } from './parse-json.js';
import { graphShardNames, isGraphModel } from './tfjs-graph/graph-def.js';
import { tfjsShardNames } from './tfjs-layers/model-json.js';

/** The content of weights files by their name in the bundle. */
export type WeightsFiles = ReadonlyMap<string, Uint8Array>;

/** What a card says of its weights. */
export interface WeightsNames {
  weights: string;
  /** The JSON that describes the layers of an HDF5 file with weights alone. */
  topology?: string;
}

/**
 * The names of the files that belong to a weights file.
 *
 * @throws ModelError if the file's format is not supported
 */
export function furtherFiles({ weights, topology }: WeightsNames, bytes: Uint8Array): string[] {
  const beside = topology === undefined ? [] : [topology];
  switch (formatOf(weights, bytes)) {
    case 'tfjs-graph':
      return [...beside, ...graphShardNames(bytes)];
    case 'tfjs-layers':
      return [...beside, ...tfjsShardNames(bytes)];
    case 'keras-hdf5':
    case 'keras':
    case 'onnx':
      return beside;
  }
}

/**
 * The network in a bundle's weights.
 *
 * @throws ModelError if anything about it is not supported
 */
export async function importWeights(
  { weights, topology }: WeightsNames,
  files: WeightsFiles,
  hints: ImportHints = {},
): Promise<ImportedModel> {
  const bytes = files.get(weights);
  if (!bytes) throw refusal(`the weights file ${weights} is missing`);
  const format = formatOf(weights, bytes);
  const beside = topology === undefined ? undefined : files.get(topology);
  if (topology !== undefined && format !== 'keras-hdf5')
    throw refusal(`topology is for HDF5 files that hold weights alone; ${weights} describes its layers itself`);
  // Loaded on demand: a bundle needs one of them, and processes that serve ONNX files none.
  switch (format) {
    case 'keras-hdf5': {
      const { importKerasHdf5 } = await import('./keras/hdf5.js');
      return importKerasHdf5(bytes, { ...hints, ...(beside && { topology: beside }) });
    }
    case 'keras': {
      const { importKerasArchive } = await import('./keras/archive.js');
      return importKerasArchive(bytes, hints);
    }
    case 'tfjs-graph': {
      const { importTfjsGraph } = await import('./tfjs-graph/import-tfjs-graph.js');
      return importTfjsGraph(bytes, files, hints);
    }
    case 'tfjs-layers': {
      const { importTfjsLayers } = await import('./tfjs-layers/import-tfjs-layers.js');
      return importTfjsLayers(bytes, files, hints);
    }
    case 'onnx': {
      const { importOnnx } = await import('./onnx/import-onnx.js');
      return importOnnx(bytes, hints);
    }
  }
}

/**
 * By what the file begins with: names are given freely, and `.h5` is seen on files of every kind.
 *
 * @throws ModelError if the file's format is not supported
 */
export function formatOf(name: string, bytes: Uint8Array): ImportedModel['format'] {
  const start = Buffer.from(bytes.subarray(0, 8)).toString('latin1');
  if (start === '\u0089HDF\r\n\u001a\n') return 'keras-hdf5';
  if (start.startsWith('PK\u0003\u0004')) return 'keras';
  if (start.trimStart().startsWith('{'))
    return isGraphModel(parseJson(new TextDecoder().decode(bytes), name)) ? 'tfjs-graph' : 'tfjs-layers';
  if (/\.onnx$/i.test(name)) return 'onnx';
  if (/\.(h5|hdf5|keras|json)$/i.test(name)) throw refusal(`${name} is damaged: it does not begin as such a file does`);
  throw refusal(
    `weights ${name}: supported are Keras .h5, .hdf5 and .keras, the .json of a TensorFlow.js model, and .onnx`,
  );
}
