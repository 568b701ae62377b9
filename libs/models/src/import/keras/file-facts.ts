import { z } from 'zod';

import type { FileFacts } from './layer-config.js';
import type { StoredWeight } from './take-weights.js';

const factsSchema = z.looseObject({ keras_version: z.string().optional(), backend: z.string().optional() });

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
  const version = within?.keras_version ?? beside?.keras_version;
  const keras = Number(/^(?:tfjs-layers )?(\d+)/.exec(version ?? '')?.[1] ?? NaN);
  return { keras: Number.isNaN(keras) ? 1 : keras, backend: backendOf(within?.backend ?? beside?.backend, weights) };
}

function backendOf(
  stated: string | undefined,
  weights: ReadonlyMap<string, readonly StoredWeight[]>,
): FileFacts['backend'] {
  if (stated !== undefined) return stated === 'theano' ? 'theano' : 'other';
  const names = [...weights.values()].flat().map(({ name }) => name);
  if (names.some((name) => name.endsWith(':0'))) return 'other';
  return names.some((name) => name.startsWith('param_')) ? undefined : 'theano';
}
