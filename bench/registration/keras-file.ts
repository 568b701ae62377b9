import { File, FS, ready } from 'h5wasm';
import type { MadeLayer } from './made-networks.js';

/** A model of made-up weights as Keras saves it in HDF5. */
export async function toKerasFile(layers: readonly MadeLayer[]): Promise<Uint8Array> {
  await ready;
  const path = 'made.h5';
  const file = new File(path, 'w');
  const config = { layers: layers.map(({ class_name, config }) => ({ class_name, config })) };
  file.create_attribute('model_config', JSON.stringify({ class_name: 'Sequential', config }));
  file.create_attribute('keras_version', '2.15.0');
  const weights = file.create_group('model_weights');
  weights.create_attribute(
    'layer_names',
    layers.map(({ config: { name } }) => name),
  );
  for (const layer of layers) writeWeights(file, layer);
  file.close();
  const bytes = FS!.readFile(path);
  FS!.unlink(path);
  return bytes;
}

function writeWeights(file: File, { config: { name }, weights }: MadeLayer): void {
  const roles = Object.keys(weights);
  const group = file.create_group(`model_weights/${name}`);
  if (roles.length === 0) return;
  group.create_attribute(
    'weight_names',
    roles.map((role) => `${name}/${role}:0`),
  );
  const inner = group.create_group(name);
  for (const [role, shape] of Object.entries(weights))
    inner.create_dataset({ name: `${role}:0`, data: madeWeights(role, shape), shape: [...shape] });
}

/** Pseudo-random, the same on every machine, and spread so that values keep their size from layer to layer (Glorot). */
function madeWeights(role: string, shape: readonly number[]): Float32Array {
  const count = shape.reduce((product, size) => product * size, 1);
  if (shape.length === 1) return new Float32Array(count).fill(['gamma', 'moving_variance'].includes(role) ? 1 : 0.01);
  const ends = count / shape.at(-1)! + count / shape.at(-2)!;
  const limit = Math.sqrt(6 / ends);
  let state = 1;
  return Float32Array.from({ length: count }, () => {
    // Numerical Recipes' linear congruential generator.
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return limit * (state / 2 ** 31 - 1);
  });
}
