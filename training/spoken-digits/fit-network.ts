import type { LayersModel } from '@tensorflow/tfjs-layers';

import { shuffled, type Random } from '../random.js';
import type { TensorFlow } from '../tensorflow.js';
import type { Example } from './examples.js';
import { masked, recoloured } from './feature-changes.js';
import { toInputs, toTargets, type FeatureShape } from './inputs.js';

/** One part of a training: passes over all examples at one learning rate. */
export interface Stage {
  epochs: number;
  learningRate: number;
}

const batchSize = 128;
const smoothing = 0.1;
/** As strong as the voices differ: at 0.5 the people left out are heard worse, and at 1.3 too. */
const colourStrength = 0.9;

/** Trains `network` on the examples, in another order and changed anew in every epoch, stage by stage. */
export async function fitNetwork(
  tf: TensorFlow,
  network: LayersModel,
  examples: readonly Example[],
  stages: readonly Stage[],
  random: Random,
): Promise<void> {
  for (const { epochs, learningRate } of stages) {
    const optimizer = tf.train.adam(learningRate);
    network.compile({ optimizer, loss: 'categoricalCrossentropy' });
    for (let epoch = 0; epoch < epochs; epoch++) await fitOnce(tf, network, shuffled(examples, random), random);
    optimizer.dispose();
  }
}

/** One pass; the last examples, too few for a batch, are left out this time. */
async function fitOnce(tf: TensorFlow, network: LayersModel, examples: readonly Example[], random: Random) {
  const [, frames, coefficients] = network.inputs[0]!.shape as [null, number, number];
  const [, labels] = network.outputs[0]!.shape as [null, number];
  const shape: FeatureShape = [frames, coefficients];
  const changed = ({ input }: Example) => masked(recoloured(input, shape, colourStrength, random), shape, random);
  for (let start = 0; start + batchSize <= examples.length; start += batchSize) {
    const batch = examples.slice(start, start + batchSize);
    const [inputs, targets] = [toInputs(tf, batch.map(changed), shape), toTargets(tf, batch, labels, smoothing)];
    await network.trainOnBatch(inputs, targets);
    tf.dispose([inputs, targets]);
  }
}
