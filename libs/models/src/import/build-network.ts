import { z } from 'zod';

import { refusal } from '../errors.js';
import { outputShape, shapeText, valueCount } from '../network/layer-shapes.js';
import type { Layer, Network } from '../network/network.js';
import { importLayer } from './keras-layers.js';
import { parseTopology, type LayerConfig } from './keras-topology.js';
import { takeWeights, type StoredWeight } from './layer-weights.js';

/**
 * A network out of a Keras topology and the weights that lie beside it.
 *
 * @param weights by the name of their layer; every one of them must be taken
 * @throws ModelError if anything about it is not supported
 */
export function buildNetwork(topology: unknown, weights: ReadonlyMap<string, readonly StoredWeight[]>): Network {
  const configs = parseTopology(topology);
  const inputShape = parseInputShape(configs[0]);
  const layers: Layer[] = [];
  let shape = inputShape;
  for (const config of configs) {
    const imported = importWithWeights(config, shape, weights.get(config.name) ?? []);
    layers.push(...imported);
    shape = imported.reduce((input, layer) => outputShape(layer, input), shape);
    requireModestSize(config.name, shape);
  }
  requireKnownOwners(weights, configs);
  return { inputShape, outputShape: shape, layers };
}

/** Values between two layers, for one input: 64 MiB of them. */
const maxValues = 2 ** 24;

function requireModestSize(layer: string, shape: readonly number[]): void {
  if (valueCount(shape) <= maxValues) return;
  throw refusal(`layer ${layer}: it gives ${shapeText(shape)} values for one input; ${maxValues} are supported`);
}

const batchInputShape = z.tuple([z.null()]).rest(z.int().min(1).max(1_000_000));

function parseInputShape(first: LayerConfig | undefined): readonly number[] {
  if (!first) throw refusal('the model has no layers');
  const shape = batchInputShape.safeParse(first.config['batch_input_shape']);
  if (shape.success && shape.data.length > 1) return shape.data.slice(1).map(Number);
  throw refusal(
    `layer ${first.name}: batch_input_shape = ${JSON.stringify(first.config['batch_input_shape'])} is not supported, ` +
      'it must be null (any number of inputs) followed by fixed sizes',
  );
}

function importWithWeights(config: LayerConfig, input: readonly number[], stored: readonly StoredWeight[]): Layer[] {
  let taken = false;
  const layers = importLayer(config, {
    name: config.name,
    input,
    take: (expected) => {
      taken = true;
      return takeWeights(config.name, stored, expected);
    },
  });
  if (!taken) takeWeights(config.name, stored, {});
  return layers;
}

function requireKnownOwners(
  weights: ReadonlyMap<string, readonly StoredWeight[]>,
  configs: readonly LayerConfig[],
): void {
  const names = new Set(configs.map(({ name }) => name));
  for (const [layer, stored] of weights)
    if (stored.length > 0 && !names.has(layer))
      throw refusal(`there are weights of a layer ${layer}, and no such layer`);
}
