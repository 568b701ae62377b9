import { describe, expect, it } from '@jest/globals';
import { File, FS, ready } from 'h5wasm';

import { readWeightsFile } from '../../../../../test/models/golden-network.js';
import { madeValues } from '../../../../../test/models/tfjs-model.js';
import { hasReferenceData } from '../../../../../test/reference-data.js';
import { ModelError } from '../../errors.js';
import { importKerasHdf5 } from './hdf5.js';

const dense = (name: string) => ({
  class_name: 'Dense',
  config: { name, units: 2, batch_input_shape: [null, 2] },
});

/** A Keras file of dense layers from two values to two; `write` may add to it or leave things out. */
async function kerasFile(write: (file: File) => void): Promise<Uint8Array> {
  await ready;
  const file = new File('made.h5', 'w');
  write(file);
  file.close();
  const bytes = FS!.readFile('made.h5');
  FS!.unlink('made.h5');
  return bytes;
}

function writeTopology(file: File, layers: readonly string[]): void {
  const config = JSON.stringify({ class_name: 'Sequential', config: { layers: layers.map(dense) } });
  file.create_attribute('model_config', config);
}

function writeLayer(file: File, name: string, dtype = '<f'): void {
  const group = file.create_group(`model_weights/${name}`);
  group.create_attribute('weight_names', [`${name}/kernel:0`, `${name}/bias:0`]);
  const inner = group.create_group(name);
  inner.create_dataset({ name: 'kernel:0', data: madeValues(4), shape: [2, 2], dtype });
  inner.create_dataset({ name: 'bias:0', data: madeValues(2), shape: [2], dtype });
}

describe('importKerasHdf5', () => {
  it('reads a list of layers that is split over several attributes', async () => {
    const layers = ['a', 'b', 'c'];
    const bytes = await kerasFile((file) => {
      writeTopology(file, layers);
      const weights = file.create_group('model_weights');
      weights.create_attribute('layer_names0', ['a', 'b']);
      weights.create_attribute('layer_names1', ['c']);
      for (const layer of layers) writeLayer(file, layer);
    });
    const { network } = await importKerasHdf5(bytes);
    expect(network.nodes.map(({ name }) => name)).toEqual(layers);
    expect(network.nodes[2]!.operation).toMatchObject({
      kernel: { shape: [2, 2], data: madeValues(4) },
      bias: { data: madeValues(2) },
    });
  });

  it.each<[string, (file: File) => void, string]>([
    ['weights alone', (file) => file.create_group('model_weights'), 'save the whole model'],
    ['an architecture alone', (file) => writeTopology(file, ['a']), 'model_weights'],
    [
      'a layer without its weights',
      (file) => {
        writeTopology(file, ['a', 'b']);
        file.create_group('model_weights').create_attribute('layer_names', ['a']);
        writeLayer(file, 'a');
      },
      'layer b: it has 0 weights, and takes 2',
    ],
    [
      'a layer that is listed and not there',
      (file) => {
        writeTopology(file, ['a']);
        file.create_group('model_weights').create_attribute('layer_names', ['a']);
      },
      'has no group for layer a',
    ],
    [
      'weights of 64 bits',
      (file) => {
        writeTopology(file, ['a']);
        file.create_group('model_weights').create_attribute('layer_names', ['a']);
        writeLayer(file, 'a', '<d');
      },
      'a/kernel:0 is of type',
    ],
  ])('refuses %s', async (_, write, message) => {
    const error: unknown = await importKerasHdf5(await kerasFile(write)).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ModelError);
    expect(String(error)).toContain(message);
  });

  it.each([
    ['no bytes', new Uint8Array(0)],
    ['other bytes', new TextEncoder().encode('RIFF\u0000\u0000\u0000\u0000WAVE')],
  ])('refuses %s', async (_, bytes) => {
    await expect(importKerasHdf5(bytes)).rejects.toThrow('cannot be read as HDF5');
  });
});

/** A linear congruential generator of whole numbers below a limit. */
function newRandom(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

/** Cut short, or with up to 20 bytes changed, more often in the structures at its head. */
function damaged(bytes: Uint8Array, random: (limit: number) => number): Uint8Array {
  if (random(3) === 0) return bytes.slice(0, random(bytes.length));
  const copy = Uint8Array.from(bytes);
  for (let left = 1 + random(20); left > 0; left--)
    copy[random(random(2) === 0 ? copy.length : Math.min(copy.length, 8000))] = random(256);
  return copy;
}

(hasReferenceData ? describe : describe.skip)('a damaged Keras file', () => {
  it.each([1, 2, 3])('is refused or read, and never more than that (seed %i)', async (seed) => {
    const bytes = readWeightsFile('dl4j_keras/tfkeras/mlp_12.h5');
    const random = newRandom(seed);
    let refused = 0;
    for (let file = 0; file < 60; file++) {
      const error: unknown = await importKerasHdf5(damaged(bytes, random)).then(
        () => undefined,
        (caught: unknown) => caught,
      );
      if (error === undefined) continue;
      expect(error).toBeInstanceOf(ModelError);
      refused++;
    }
    expect(refused).toBeGreaterThan(30);
    await expect(importKerasHdf5(bytes)).resolves.toMatchObject({ network: { inputs: [{ shape: [3] }] } });
  });
});
