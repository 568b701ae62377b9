import { z } from 'zod';

import { refusal } from '../errors.js';

/** The name of a weights file in the manifest of a model.json. TensorFlow.js itself writes `./weights.bin`. */
export const shardNameSchema = z.string().transform((path) => path.replace(/^\.\//, ''));

/**
 * The files of a group of weights as one: a weight may begin in one and end in the next.
 *
 * @throws ModelError if one is missing
 */
export function joinedShards(paths: readonly string[], shards: ReadonlyMap<string, Uint8Array>): Buffer {
  return Buffer.concat(paths.map((path) => shards.get(path) ?? missing(path)));
}

function missing(path: string): never {
  throw refusal(`model.json names the weights file ${path}, and there is none`);
}
