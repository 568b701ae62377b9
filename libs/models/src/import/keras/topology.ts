import { z } from 'zod';

import { refusal } from '../../errors.js';
import { describeIssues } from '../../issues.js';
import { firstRepeated } from '../first-repeated.js';
import { sourcesOfCall, sourcesOfModel, type Source } from './call-sources.js';
import { layerOfKeras, layerSchema } from './layer-of-keras.js';
import type { LayerConfig } from './layer-config.js';
import { isOperator, operatorCalls } from './operators/operator-calls.js';

/** A layer applied to values of a model. */
export interface Call {
  layer: LayerConfig;
  /** Which of the layer's calls, from 0. */
  call: number;
  inputs: readonly Source[];
}

/** A model as the file describes it, calls of layers counted from 0. */
export interface ModelConfig {
  layers: readonly LayerConfig[];
  /** Each after those it takes from. */
  calls: readonly Call[];
  inputs: readonly Source[];
  outputs: readonly (Source & { name?: string })[];
}

const calledSchema = layerSchema.extend({ inbound_nodes: z.array(z.unknown()).nullish() });
type RawLayer = z.infer<typeof calledSchema>;

const sequentialSchema = z.object({
  name: z.string().default('model'),
  layers: z.array(calledSchema).min(1),
  build_input_shape: z.unknown().optional(),
});
const functionalSchema = z.object({
  name: z.string().default('model'),
  layers: z.array(calledSchema).min(1),
  input_layers: z.unknown(),
  output_layers: z.unknown(),
});

/** Classes of models, whose layers may be models in turn. */
export const modelClasses: readonly string[] = ['Sequential', 'Functional', 'Model'];

/**
 * A Keras model's layers and how they are joined.
 *
 * @param config of a layer of one of the {@link modelClasses}, or what stands in its place in a file of one model
 * @throws ModelError if it is something else, or its layers are not joined to one whole
 */
export function parseModel(className: string, config: unknown): ModelConfig {
  if (className === 'Sequential')
    // Keras before 2.2.3 lists the layers and nothing else.
    return sequence(shaped(sequentialSchema, Array.isArray(config) ? { layers: config } : config));
  if (modelClasses.includes(className)) return graph(shaped(functionalSchema, config));
  throw refusal(
    `the model is of class ${className}; Sequential, Model and Functional are supported. ` +
      'Of a class of your own Keras stores no layers: build it with keras.Model(inputs, outputs) and save that',
  );
}

function shaped<S extends z.ZodType>(schema: S, value: unknown): z.infer<S> {
  const parsed = schema.safeParse(value, { reportInput: true });
  if (parsed.success) return parsed.data;
  const faults = describeIssues(parsed.error.issues).join('; ');
  throw refusal(`the model's topology is not as Keras writes it: ${faults}`, parsed.error);
}

function sequence({ layers: raw, build_input_shape }: z.infer<typeof sequentialSchema>): ModelConfig {
  const layers = raw.map(layerOfKeras);
  if (layers[0]!.className !== 'InputLayer') layers.unshift(impliedInput(layers[0]!, build_input_shape));
  requireDistinct(layers);
  const calls = layers.map((layer, i) => ({
    layer,
    call: 0,
    inputs: i === 0 ? [] : [{ layer: layers[i - 1]!.name, call: 0, output: 0 }],
  }));
  const end = (layer: LayerConfig) => ({ layer: layer.name, call: 0, output: 0 });
  return { layers, calls, inputs: [end(layers[0]!)], outputs: [end(layers.at(-1)!)] };
}

/** A sequence without an input layer has its shape on its first layer, or on the first layer inside that. */
function impliedInput(first: LayerConfig, built: unknown): LayerConfig {
  const name = `${first.name}_input`;
  const shape = firstShape(first) ?? built;
  return { className: 'InputLayer', name, config: { name, batch_input_shape: shape } };
}

const innerLayers = z.union([
  z.array(calledSchema).min(1),
  z.object({ layers: z.array(calledSchema).min(1) }).transform(({ layers }) => layers),
]);

function firstShape(layer: LayerConfig): unknown {
  for (let inner = layer; ;) {
    const shape = inner.config['batch_input_shape'] ?? inner.config['batch_shape'];
    if (shape !== undefined || !modelClasses.includes(inner.className)) return shape;
    const layers = innerLayers.safeParse(inner.config);
    if (!layers.success) return undefined;
    inner = layerOfKeras(layers.data[0]!);
  }
}

/** Weights and values are found by the name of their layer: two of one name would get the same. */
function requireDistinct(layers: readonly LayerConfig[]): void {
  const repeated = firstRepeated(layers.map(({ name }) => name));
  if (repeated !== undefined) throw refusal(`two layers are named ${repeated}; a name must be one layer's`);
}

function graph({ name, layers: raw, input_layers, output_layers }: z.infer<typeof functionalSchema>): ModelConfig {
  const called = raw.map(layerCalls);
  const layers = called.map(({ layer }) => layer);
  requireDistinct(layers);
  const calls = called.flatMap(({ layer, calls: each }) => each.map((taken, call) => ({ layer, call, inputs: taken })));
  const [inputs, outputs] = [sourcesOfModel(name, input_layers), sourcesOfModel(name, output_layers)];
  const fromZero = callsFromZero(calls, [...calls.flatMap((call) => call.inputs), ...outputs]);
  return {
    layers,
    calls: inOrder(calls.map((call) => ({ ...call, inputs: call.inputs.map(fromZero) }))),
    inputs,
    outputs: outputs.map(fromZero),
  };
}

/** A layer, and what it takes in each of its calls. */
function layerCalls(raw: RawLayer): { layer: LayerConfig; calls: readonly (readonly Source[])[] } {
  const nodes = raw.inbound_nodes ?? [];
  if (isOperator(raw, nodes)) return operatorCalls(raw, nodes);
  const layer = layerOfKeras(raw);
  return { layer, calls: nodes.length === 0 ? [[]] : nodes.map((node) => sourcesOfCall(layer, node)) };
}

/** Keras counts the calls of a model inside the model from 1, as its making counts as one; Keras 3 not all of them. */
function callsFromZero(calls: readonly Call[], sources: readonly Source[]): <S extends Source>(source: S) => S {
  const fromOne = new Set(
    calls
      .filter(({ layer }) => modelClasses.includes(layer.className))
      .map(({ layer }) => layer.name)
      .filter((name) => sources.every(({ layer, call }) => layer !== name || call > 0)),
  );
  return (source) => (fromOne.has(source.layer) ? { ...source, call: source.call - 1 } : source);
}

/** The calls so ordered that each comes after those it takes from. */
function inOrder(calls: readonly Call[]): Call[] {
  const key = (layer: string, call: number) => `${call} ${layer}`;
  const waiting = new Map(calls.map((call) => [key(call.layer.name, call.call), call]));
  const users = new Map<string, Call[]>();
  const missing = new Map<Call, number>();
  for (const call of calls) {
    const needed = new Set(call.inputs.map((source) => key(source.layer, source.call)));
    missing.set(call, needed.size);
    for (const source of needed) {
      if (!waiting.has(source))
        throw refusal(
          `layer ${call.layer.name}: it takes from ${source.slice(source.indexOf(' ') + 1)}, and there is no such call of a layer`,
        );
      users.set(source, [...(users.get(source) ?? []), call]);
    }
  }
  const ordered = calls.filter((call) => missing.get(call) === 0);
  for (const { layer, call } of ordered)
    for (const user of users.get(key(layer.name, call)) ?? []) {
      missing.set(user, missing.get(user)! - 1);
      if (missing.get(user) === 0) ordered.push(user);
    }
  const stuck = calls.find((call) => missing.get(call)! > 0);
  if (stuck) throw refusal(`layer ${stuck.layer.name}: it takes, by way of other layers, what it gives itself`);
  return ordered;
}
