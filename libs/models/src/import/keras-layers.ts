import type { z } from 'zod';

import { refusal } from '../errors.js';
import { requirement } from '../issues.js';
import type { Layer } from '../network/network.js';
import { layerOptions } from './keras-options.js';
import type { LayerConfig } from './keras-topology.js';
import {
  activationLayers,
  buildBatchNormalization,
  buildConv,
  buildDense,
  buildFlatten,
  buildGlobalPool,
  buildNothing,
  buildPad,
  buildPool,
  buildReshape,
  type Surroundings,
} from './layer-builders.js';

type Builder = (layer: LayerConfig, surroundings: Surroundings) => Layer[];

/** The supported layers by their Keras class. */
const builders = new Map<string, Builder>([
  ['InputLayer', builder(layerOptions.input, buildNothing)],
  ['Conv1D', builder(layerOptions.conv1d, buildConv)],
  ['Conv2D', builder(layerOptions.conv2d, buildConv)],
  ['MaxPooling1D', builder(layerOptions.pool1d, buildPool('max'))],
  ['MaxPooling2D', builder(layerOptions.pool2d, buildPool('max'))],
  ['AveragePooling1D', builder(layerOptions.pool1d, buildPool('average'))],
  ['AveragePooling2D', builder(layerOptions.pool2d, buildPool('average'))],
  ['GlobalMaxPooling1D', builder(layerOptions.globalPool, buildGlobalPool('max', 2))],
  ['GlobalMaxPooling2D', builder(layerOptions.globalPool, buildGlobalPool('max', 3))],
  ['GlobalAveragePooling1D', builder(layerOptions.globalPool, buildGlobalPool('average', 2))],
  ['GlobalAveragePooling2D', builder(layerOptions.globalPool, buildGlobalPool('average', 3))],
  ['ZeroPadding1D', builder(layerOptions.zeroPadding1d, ({ padding }, layer) => buildPad([padding], layer))],
  ['ZeroPadding2D', builder(layerOptions.zeroPadding2d, ({ padding }, layer) => buildPad(padding, layer))],
  ['BatchNormalization', builder(layerOptions.batchNormalization, buildBatchNormalization)],
  ['Dense', builder(layerOptions.dense, buildDense)],
  ['Flatten', builder(layerOptions.flatten, buildFlatten)],
  ['Reshape', builder(layerOptions.reshape, buildReshape)],
  ['Dropout', builder(layerOptions.dropout, buildNothing)],
  ['Activation', builder(layerOptions.activation, ({ activation }, { name }) => activationLayers(name, activation))],
  ['ReLU', builder(layerOptions.relu, (_, { name }) => activationLayers(name, 'relu'))],
  ['LeakyReLU', builder(layerOptions.leakyRelu, ({ alpha: slope }, { name }) => [{ kind: 'leaky-relu', name, slope }])],
  ['ELU', builder(layerOptions.elu, (_, { name }) => activationLayers(name, 'elu'))],
  ['Softmax', builder(layerOptions.softmax, (_, { name }) => activationLayers(name, 'softmax'))],
]);

/** The Keras classes of the supported layers. */
export const supportedLayers: readonly string[] = [...builders.keys()];

/**
 * One Keras layer as the layers it consists of; none for those that only matter in training.
 *
 * @throws ModelError if its class, an option or a value of one is not supported, naming it
 */
export function importLayer(layer: LayerConfig, surroundings: Surroundings): Layer[] {
  const build = builders.get(layer.className);
  if (build) return build(layer, surroundings);
  throw refusal(
    `layer ${layer.name} is of class ${layer.className}, which is not supported; supported are ${supportedLayers.join(', ')}`,
  );
}

function builder<S extends z.ZodType>(
  schema: S,
  build: (options: z.infer<S>, surroundings: Surroundings) => Layer[],
): Builder {
  return ({ className, name, config }, surroundings) => {
    const options = schema.safeParse(config, { reportInput: true });
    if (options.success) return build(options.data, surroundings);
    const faults = options.error.issues.flatMap((issue) => optionFaults(issue, config));
    throw refusal(`layer ${name} (${className}): ${faults.join('; ')}`, options.error);
  };
}

function optionFaults(issue: z.core.$ZodIssue, config: LayerConfig['config']): string[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => `the option ${key} = ${JSON.stringify(config[key])} is not supported`);
  const option = String(issue.path[0]);
  return [`${option} = ${JSON.stringify(config[option])} is not supported, it ${requirement(issue)}`];
}
