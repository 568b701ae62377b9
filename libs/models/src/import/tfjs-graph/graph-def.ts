import { z } from 'zod';

import { refusal } from '../../errors.js';
import { describeIssues } from '../../issues.js';
import { parseJson } from '../parse-json.js';
import { shardNameSchema } from '../shards.js';

const attributeSchema = z.record(z.string(), z.unknown());
const nodeSchema = z.object({
  name: z.string(),
  op: z.string(),
  /** Such as `conv`, `split:1` or, for order alone, `^print`. */
  input: z.array(z.string()).default([]),
  attr: z.record(z.string(), attributeSchema).default({}),
});
const weightSchema = z.object({
  name: z.string(),
  shape: z.array(z.int().min(0)),
  dtype: z.string(),
  quantization: z
    .looseObject({ dtype: z.string(), scale: z.number().optional(), min: z.number().optional() })
    .optional(),
});
const groupSchema = z.object({ paths: z.array(shardNameSchema), weights: z.array(weightSchema) });
const signatureSchema = z.object({
  inputs: z.record(z.string(), z.looseObject({ name: z.string() })).optional(),
  outputs: z.record(z.string(), z.looseObject({ name: z.string() })).optional(),
});
const modelSchema = z.object({
  format: z.literal('graph-model').optional(),
  modelTopology: z.looseObject({ node: z.array(nodeSchema) }),
  weightsManifest: z.array(groupSchema),
  signature: signatureSchema.nullish(),
  userDefinedMetadata: z.looseObject({ signature: signatureSchema.nullish() }).nullish(),
});

/** The parsed model.json of a TensorFlow.js graph model: TensorFlow's GraphDef and a list of weights. */
export type GraphModel = z.infer<typeof modelSchema>;
export type GraphNode = z.infer<typeof nodeSchema>;
export type WeightsGroup = z.infer<typeof groupSchema>;
export type WeightEntry = z.infer<typeof weightSchema>;

const maxNodes = 20_000;

/** @throws ModelError if it is not a graph model, or a large one */
export function parseGraphModel(modelJson: Uint8Array): GraphModel {
  const value = parseJson(new TextDecoder().decode(modelJson), 'model.json');
  const parsed = modelSchema.safeParse(value, { reportInput: true });
  if (!parsed.success) throw refusal(`model.json: ${describeIssues(parsed.error.issues).join('; ')}`, parsed.error);
  const nodes = parsed.data.modelTopology.node.length;
  if (nodes > maxNodes) throw refusal(`model.json: the graph has ${nodes} nodes; ${maxNodes} are supported`);
  return parsed.data;
}

/** Whether a parsed model.json is a graph model, and not a layers model. */
export function isGraphModel(modelJson: unknown): boolean {
  const topology = (modelJson as { modelTopology?: unknown } | null)?.modelTopology;
  return typeof topology === 'object' && topology !== null && 'node' in topology;
}

/**
 * The names of the files that a graph model keeps its weights in.
 *
 * @throws ModelError if it is not a graph model
 */
export function graphShardNames(modelJson: Uint8Array): string[] {
  return parseGraphModel(modelJson).weightsManifest.flatMap(({ paths }) => paths);
}
