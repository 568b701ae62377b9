import type { Tensor as TfTensor } from '@tensorflow/tfjs-core';

import type { Network } from '../network/network.js';
import type { Engine } from './engine.js';
import { loadTfjs } from './load-tfjs.js';
import { toTfLayer } from './tfjs-layers.js';

/**
 * Opens a network in TensorFlow.js on WebAssembly. It computes from the imported network and not from the ONNX file, so
 * that it is a second opinion on the conversion.
 */
export async function openTfjsWasm(network: Network): Promise<Engine> {
  const tf = await loadTfjs();
  const layers = network.layers.map((layer) => toTfLayer(tf, layer));
  return {
    name: `tfjs ${tf.version_core} wasm`,
    predict: async (values, rows) => {
      const output = tf.tidy(() => {
        const input: TfTensor = tf.tensor(values, [rows, ...network.inputShape]);
        return layers.reduce((value, layer) => layer.apply(value), input);
      });
      try {
        return (await output.data()) as Float32Array;
      } finally {
        output.dispose();
      }
    },
    dispose: () => {
      for (const { weights } of layers) tf.dispose([...weights]);
      return Promise.resolve();
    },
  };
}
