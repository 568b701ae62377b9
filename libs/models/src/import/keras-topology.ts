import { z } from 'zod';

import { refusal } from '../errors.js';
import { describeIssues } from '../issues.js';
import { firstRepeated } from './first-repeated.js';

/** A layer as the file describes it; its options are not checked yet. */
export interface LayerConfig {
  className: string;
  name: string;
  config: Readonly<Record<string, unknown>>;
}

const layerSchema = z.object({
  class_name: z.string(),
  config: z.looseObject({ name: z.string() }),
  inbound_nodes: z.array(z.unknown()).optional(),
});
type RawLayer = z.infer<typeof layerSchema>;

const sequentialSchema = z.object({ layers: z.array(layerSchema) });
/** A layer, its call, its output, and arguments of the call, of which none is supported. */
const tensorReference = z.tuple([z.string(), z.literal(0), z.literal(0)]).rest(z.strictObject({}));
const functionalSchema = z.object({
  layers: z.array(layerSchema),
  input_layers: z.array(tensorReference),
  output_layers: z.array(tensorReference),
});
const topologySchema = z.object({ class_name: z.string(), config: z.unknown() });

/**
 * The layers of a Keras topology, from input to output. A functional model is taken when it is one chain of layers.
 *
 * @param topology the parsed JSON of a Keras file's `model_config`, or of a TensorFlow.js `modelTopology`
 * @throws ModelError if it is something else, its layers branch, or two have one name
 */
export function parseTopology(topology: unknown): LayerConfig[] {
  return parseLayers(topology).map(toLayerConfig);
}

function parseLayers(topology: unknown): RawLayer[] {
  const { class_name: kind, config } = shaped(topologySchema, topology);
  if (kind === 'Sequential') {
    // Keras before 2.2.3 lists the layers and nothing else.
    const { layers } = shaped(sequentialSchema, Array.isArray(config) ? { layers: config } : config);
    requireDistinct(layers);
    return layers;
  }
  if (kind === 'Model' || kind === 'Functional') return chainOf(shaped(functionalSchema, config));
  throw refusal(`the model is of class ${kind}; Sequential, Model and Functional are supported`);
}

/** Weights are found by the name of their layer: two of one name would get the same. */
function requireDistinct(layers: readonly RawLayer[]): void {
  const repeated = firstRepeated(layers.map(({ config }) => config.name));
  if (repeated !== undefined) throw refusal(`two layers are named ${repeated}; a name must be one layer's`);
}

function toLayerConfig({ class_name, config }: RawLayer): LayerConfig {
  return { className: class_name, name: config.name, config };
}

function shaped<S extends z.ZodType>(schema: S, value: unknown): z.infer<S> {
  const parsed = schema.safeParse(value, { reportInput: true });
  if (parsed.success) return parsed.data;
  const faults = describeIssues(parsed.error.issues).join('; ');
  throw refusal(`the model's topology is not as Keras 2 writes it: ${faults}`, parsed.error);
}

/** Walks from the output back to the input. */
function chainOf({ layers, input_layers, output_layers }: z.infer<typeof functionalSchema>): RawLayer[] {
  requireDistinct(layers);
  const [input, output] = [onlyOne(input_layers, 'inputs')[0], onlyOne(output_layers, 'outputs')[0]];
  const byName = new Map(layers.map((layer) => [layer.config.name, layer]));
  const chain: RawLayer[] = [];
  for (let name = output; ; name = sourceOf(chain[0]!)) {
    const layer = byName.get(name);
    if (!layer) throw refusal(`the model's layers do not form a chain at ${name}`);
    byName.delete(name);
    chain.unshift(layer);
    if (name === input) break;
  }
  const [stray] = byName.keys();
  if (stray !== undefined) throw refusal(`layer ${stray} is not between the model's input and its output`);
  return chain;
}

function onlyOne<T>(items: readonly T[], what: string): T {
  if (items.length === 1) return items[0]!;
  throw refusal(`the model has ${items.length} ${what}; one is supported`);
}

/** The layer whose output this one takes. */
function sourceOf({ config, inbound_nodes }: RawLayer): string {
  const nodes = z.tuple([z.tuple([tensorReference])]).safeParse(inbound_nodes);
  if (nodes.success) return nodes.data[0][0][0];
  throw refusal(`layer ${config.name}: it does not take one earlier layer and nothing else; only chains of layers are supported`);
}
