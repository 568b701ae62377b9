import type * as core from '@tensorflow/tfjs-core';
import type * as layers from '@tensorflow/tfjs-layers';

import { loadTfjsNode } from '#models';

/** What training uses of TensorFlow.js: layers and tensors, computed by native TensorFlow. */
export type TensorFlow = typeof core & typeof layers;

/**
 * TensorFlow.js on native TensorFlow.
 *
 * @throws EngineUnavailableError that says to run the set-up if it is not there
 */
export function loadTensorFlow(): TensorFlow {
  return loadTfjsNode() as TensorFlow;
}
