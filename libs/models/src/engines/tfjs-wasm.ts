import type { Tensor as TfTensor } from '@tensorflow/tfjs-core';

import type { Network } from '../network/network.js';
import { emptyRow } from './empty-row.js';
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
  const predict = async ([values]: readonly Float32Array[], rows: number): Promise<Float32Array[]> => {
    const output = tf.tidy(() => {
      const input: TfTensor = tf.tensor(values!, [rows, ...network.inputShape]);
      return layers.reduce((value, layer) => layer.apply(value), input);
    });
    try {
      return [(await output.data()) as Float32Array];
    } finally {
      output.dispose();
    }
  };
  return {
    name: `tfjs ${tf.version_core} wasm`,
    predict,
    warmUp: async () => void (await predict(emptyRow([network.inputShape]), 1)),
    dispose: () => {
      for (const { weights } of layers) tf.dispose([...weights]);
      return Promise.resolve();
    },
  };
}
