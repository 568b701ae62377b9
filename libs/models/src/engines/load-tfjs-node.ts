import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import util from 'node:util';

import { EngineUnavailableError } from '../errors.js';
import type { Tf } from './load-tfjs.js';

/**
 * TensorFlow.js on native TensorFlow.
 *
 * @param folder where `npm run setup:tensorflow` puts it
 * @throws EngineUnavailableError that says to run the set-up if it is not there
 */
export function loadTfjsNode(folder = '.cache/tensorflow'): Tf {
  // Node 23 removed this function, which tfjs-node still calls.
  Object.assign(util, { isNullOrUndefined: (value: unknown) => value === null || value === undefined });
  const require = createRequire(resolve(folder, 'package.json'));
  try {
    return require('@tensorflow/tfjs-node') as Tf;
  } catch (cause) {
    throw new EngineUnavailableError(
      `TensorFlow is not installed in ${resolve(folder)}: run npm run setup:tensorflow first, and start from the folder it was run in`,
      { cause },
    );
  }
}

/** The engine with the versions of both, and the device. */
export function tfjsNodeName(tf: Tf): string {
  const { binding } = tf.backend() as unknown as { binding: { TF_Version: string } };
  return `tfjs-node ${tf.version_core} tensorflow ${binding.TF_Version} cpu`;
}
