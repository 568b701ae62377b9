import { z } from 'zod';

/** The name of a weights file in the manifest of a model.json. TensorFlow.js itself writes `./weights.bin`. */
export const shardNameSchema = z.string().transform((path) => path.replace(/^\.\//, ''));
