import type { Tensor } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';

import type { TensorFlow } from '../tensorflow.js';
import type { Example } from './examples.js';
import { toInputs, type FeatureShape } from './inputs.js';

/** The share of the examples whose digit the network scores highest, 0 to 1. */
export function accuracy(
  tf: TensorFlow,
  network: LayersModel,
  examples: readonly Example[],
  shape: FeatureShape,
): number {
  const heard = tf.tidy(() => {
    const scores = network.predictOnBatch(
      toInputs(
        tf,
        examples.map(({ input }) => input),
        shape,
      ),
    ) as Tensor;
    return tf.argMax(scores, -1).dataSync();
  });
  return examples.filter(({ digit }, index) => heard[index] === digit).length / examples.length;
}
