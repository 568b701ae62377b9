import { z } from 'zod';

import { refusal } from '../../errors.js';
import { describeIssues } from '../../issues.js';
import { parseJson } from '../parse-json.js';
import { shardNameSchema } from '../shards.js';

const weightSchema = z.object({
  /** Such as `conv2d_1/kernel`. */
  name: z.string(),
  shape: z.array(z.int().min(0)),
  dtype: z.string(),
  quantization: z.unknown().optional(),
});
const groupSchema = z.object({ paths: z.array(shardNameSchema), weights: z.array(weightSchema) });
const modelSchema = z.object({
  format: z.literal('layers-model').optional(),
  modelTopology: z.looseObject({ model_config: z.unknown().optional(), keras_version: z.string().optional() }),
  weightsManifest: z.array(groupSchema),
});

/** What a layers model's model.json says. */
export type TfjsModel = z.infer<typeof modelSchema>;

/**
 * The names of the files that a TensorFlow.js model.json keeps its weights in.
 *
 * @throws ModelError if it is not a layers model
 */
export function tfjsShardNames(modelJson: Uint8Array): string[] {
  return parseModelJson(modelJson).weightsManifest.flatMap(({ paths }) => paths);
}

/** @throws ModelError if it is not a layers model */
export function parseModelJson(bytes: Uint8Array): TfjsModel {
  const value = parseJson(new TextDecoder().decode(bytes), 'model.json');
  const parsed = modelSchema.safeParse(value, { reportInput: true });
  if (!parsed.success) throw refusal(`model.json: ${describeIssues(parsed.error.issues).join('; ')}`, parsed.error);
  return parsed.data;
}
