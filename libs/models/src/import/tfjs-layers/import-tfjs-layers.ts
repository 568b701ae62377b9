import { refusal } from '../../errors.js';
import { valueCount } from '../../network/tensor.js';
import { assignAll } from '../keras/assign-all.js';
import { buildNetwork, readTopology } from '../keras/import-model.js';
import type { StoredWeight } from '../keras/take-weights.js';
import type { ImportedNetwork, ImportHints } from '../imported-model.js';
import { joinedShards } from '../shards.js';
import { parseModelJson, type TfjsModel } from './model-json.js';

/**
 * Imports a TensorFlow.js layers model, whether saved there or converted from Keras.
 *
 * @param shards the content of each file that `tfjsShardNames` gives
 * @throws ModelError if a shard is missing or of the wrong length, or anything about the model is not supported
 */
export function importTfjsLayers(
  modelJson: Uint8Array,
  shards: ReadonlyMap<string, Uint8Array>,
  hints: ImportHints = {},
): ImportedNetwork {
  const { modelTopology, weightsManifest } = parseModelJson(modelJson);
  const stored = byLayer(weightsManifest.flatMap((group) => readGroup(group, shards)));
  const version = modelTopology.keras_version ?? '';
  const keras = /^\d+/.exec(version)?.[0];
  const model = readTopology(modelTopology.model_config ?? modelTopology, {
    // Layers of TensorFlow.js are those of Keras 2.
    keras: Number(keras ?? 2),
    backend: 'other',
    // Of a model that was converted, Keras would say another thing than TensorFlow.js.
    pixels: version.startsWith('tfjs') ? 'asymmetric' : undefined,
  });
  return {
    format: 'tfjs-layers',
    layers: model.parts.length,
    network: buildNetwork(model, assignAll(model, stored), hints),
  };
}

/** The weights of a group lie one after the other in its files. */
function readGroup({ paths, weights }: TfjsModel['weightsManifest'][number], shards: ReadonlyMap<string, Uint8Array>) {
  const bytes = joinedShards(paths, shards);
  let offset = 0;
  const stored = weights.map(({ name, shape, dtype, quantization }): StoredWeight => {
    if (quantization !== undefined) throw refusal(`the weight ${name} is quantized, which is not supported`);
    if (dtype !== 'float32') throw refusal(`the weight ${name} is of type ${dtype}; float32 is supported`);
    const start = offset;
    offset += valueCount(shape) * Float32Array.BYTES_PER_ELEMENT;
    return { name, shape, dtype, read: () => floatsAt(bytes, start, valueCount(shape)) };
  });
  if (offset === bytes.length) return stored;
  throw refusal(
    `the weights in ${paths.join(', ')} are ${bytes.length} bytes long, and model.json describes ${offset}`,
  );
}

/** The layer is what comes before a weight's last slash. */
function byLayer(weights: readonly StoredWeight[]): Map<string, StoredWeight[]> {
  const layers = new Map<string, StoredWeight[]>();
  for (const weight of weights) {
    const layer = weight.name.slice(0, weight.name.lastIndexOf('/'));
    layers.set(layer, [...(layers.get(layer) ?? []), weight]);
  }
  return layers;
}

function floatsAt(bytes: Buffer, start: number, count: number): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => bytes.readFloatLE(start + i * Float32Array.BYTES_PER_ELEMENT));
}
