import type { LayersModel } from '@tensorflow/tfjs-layers';

import type { TensorFlow } from '../tensorflow.js';
import type { FeatureShape } from './inputs.js';

/** Of each convolution: filters, and frames that one value is computed from. */
const convolutions = [
  [64, 5],
  [96, 3],
  [128, 3],
] as const;

/**
 * The keyword network: three convolutions over time, each with pooling and batch normalisation, then the strongest
 * answer of each filter whenever it came, a dense layer and dropout.
 *
 * @param shape frames and coefficients
 * @param seed decides the first weights and what dropout leaves out
 */
export function newKeywordNetwork(
  { layers, regularizers, initializers, sequential }: TensorFlow,
  shape: FeatureShape,
  labels: number,
  seed: number,
): LayersModel {
  const network = sequential();
  const kernel = (index: number) => ({
    kernelInitializer: initializers.heNormal({ seed: seed + index }),
    kernelRegularizer: regularizers.l2({ l2: 1e-4 }),
  });
  network.add(layers.inputLayer({ inputShape: [...shape] }));
  convolutions.forEach(([filters, kernelSize], index) => {
    network.add(layers.conv1d({ filters, kernelSize, padding: 'same', activation: 'relu', ...kernel(index) }));
    // Pooling first halves the values to normalise, whose gradient is the costliest part of a training step.
    network.add(layers.maxPooling1d({ poolSize: 2, padding: 'same' }));
    network.add(layers.batchNormalization({ momentum: 0.9 }));
  });
  network.add(layers.globalMaxPooling1d());
  network.add(layers.dropout({ rate: 0.4, seed }));
  network.add(layers.dense({ units: 96, activation: 'relu', ...kernel(3) }));
  network.add(layers.dropout({ rate: 0.4, seed: seed + 1 }));
  network.add(layers.dense({ units: labels, activation: 'softmax', ...kernel(4) }));
  return network;
}
