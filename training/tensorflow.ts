import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import util from 'node:util';

import type * as core from '@tensorflow/tfjs-core';
import type * as layers from '@tensorflow/tfjs-layers';

/** What training uses of TensorFlow.js: layers and tensors, computed by native TensorFlow. */
export type TensorFlow = typeof core & typeof layers;

/**
 * TensorFlow.js on native TensorFlow.
 *
 * @param folder where `npm run setup:tensorflow` puts it
 * @throws Error that says to run the set-up if it is not there
 */
export function loadTensorFlow(folder = '.cache/tensorflow'): TensorFlow {
  // Node 23 removed this function, which tfjs-node still calls.
  Object.assign(util, { isNullOrUndefined: (value: unknown) => value === null || value === undefined });
  const require = createRequire(resolve(folder, 'package.json'));
  try {
    return require('@tensorflow/tfjs-node') as TensorFlow;
  } catch (cause) {
    throw new Error('TensorFlow is not installed: run npm run setup:tensorflow first', { cause });
  }
}
