import { z } from 'zod';

import type { FileFacts } from './layer-config.js';
import type { StoredWeight } from './take-weights.js';

const factsSchema = z.looseObject({ keras_version: z.string().optional(), backend: z.string().optional() });

/** Options that no later version has. */
const ofKeras1 = /"(W_regularizer|inner_init|border_mode|nb_filter|dim_ordering)"/;

/** Before 2.3 Keras had TensorFlow 1 resize; 2.2.4-tf is what the tf.keras of TensorFlow 2.0 wrote. */
const ofEarlyKeras2 = /^2\.[0-2]\.\d+$/;

/**
 * What a file says of the Keras that wrote it.
 *
 * @param topology whose JSON may say it too
 * @param weights of which Keras 1 on TensorFlow names each so that it ends in `:0`, and on Theano so that it does not
 */
export function factsOf(
  topology: unknown,
  attributes: Readonly<Record<string, unknown>>,
  weights: ReadonlyMap<string, readonly StoredWeight[]>,
): FileFacts {
  const beside = factsSchema.safeParse(topology).data;
  const within = factsSchema.safeParse(attributes).data;
  const version = within?.keras_version ?? beside?.keras_version ?? '';
  const major = /^\d+/.exec(version)?.[0];
  const keras = major === undefined ? (ofKeras1.test(JSON.stringify(topology)) ? 1 : 2) : Number(major);
  return {
    keras,
    backend: backendOf(within?.backend ?? beside?.backend, keras, weights),
    pixels: ofEarlyKeras2.test(version) ? undefined : 'half-pixel',
  };
}

function backendOf(
  stated: string | undefined,
  keras: number,
  weights: ReadonlyMap<string, readonly StoredWeight[]>,
): FileFacts['backend'] {
  if (stated !== undefined) return stated === 'theano' ? 'theano' : 'other';
  if (keras > 1) return 'other';
  const names = [...weights.values()].flat().map(({ name }) => name);
  if (names.some((name) => name.endsWith(':0'))) return 'other';
  return names.some((name) => name.startsWith('param_')) ? undefined : 'theano';
}
