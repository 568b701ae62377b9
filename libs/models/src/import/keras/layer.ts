import type { z } from 'zod';

import { refusal } from '../../errors.js';
import { requirement } from '../../issues.js';
import type { Value } from '../../network/graph.js';
import type { NetworkBuilder } from '../../network/network-builder.js';
import type { Operation } from '../../network/operations.js';
import { shapeText } from '../../network/tensor.js';
import type { FileFacts, LayerConfig } from './layer-config.js';
import { jsonText } from './json-text.js';
import { withoutTraining } from './options.js';
import type { ExpectedShapes, TakenWeights } from './take-weights.js';

/** A layer whose options are checked. It is applied once for each of its calls. */
export interface Layer extends LayerConfig {
  /** With the models and wrappers around it: what messages and nodes are named after. */
  path: string;
  trainable: boolean;
  /** The roles of its own weights, in the order in which Keras lists them. */
  weights: readonly string[];
  /** Layers inside a wrapper or a model, in the order in which Keras lists their weights. */
  parts: readonly Layer[];
  apply: (inputs: readonly Value[], site: Site) => readonly Value[];
}

/** Where layers are applied. */
export interface Site {
  builder: NetworkBuilder;
  /** How many calls of layers there have been. */
  calls: number;
  /** Values that carry a mask: some of their steps are to be skipped. */
  masked: Set<Value>;
  /** Sequences in the reverse order of their steps, and those they were made of. */
  reversals: Map<Value, Value>;
  take: <Shapes extends ExpectedShapes>(layer: Layer, expected: Shapes) => TakenWeights<Shapes>;
  /** The shape that a layer's weight has in the file. */
  storedShape: (layer: Layer, role: string) => readonly number[] | undefined;
}

/** What a layer is built from when it is applied. */
export interface LayerCall<Options> {
  options: Options;
  name: string;
  file: FileFacts;
  /** The first of `inputs`. */
  input: Value;
  inputs: readonly Value[];
  parts: readonly Layer[];
  site: Site;
  add: (operation: Operation, ...inputs: readonly Value[]) => Value;
  /** Its weights by role, in the shapes that its options ask for. */
  take: <Shapes extends ExpectedShapes>(expected: Shapes) => TakenWeights<Shapes>;
  /** The shape that its weight has in the file. */
  storedShape: (role: string) => readonly number[] | undefined;
  /** @returns what refuses the call, naming the layer */
  refuse: (message: string) => Error;
}

/** What becomes of a mask: it is handed on, dropped, or changes what the layer gives, which is refused. */
type MaskRule = 'passes' | 'stops' | 'matters';

interface LayerRules<Options> {
  weights?: (options: Options, file: FileFacts) => readonly string[];
  parts?: (options: Options, config: LayerConfig, file: FileFacts) => readonly LayerConfig[];
  /** How many values it takes. One unless given. */
  takes?: 'none' | 'one' | 'several';
  mask?: MaskRule;
  apply: (call: LayerCall<Options>) => Value | readonly Value[];
}

/** Checks the options of a layer of one class. */
export type LayerKind = (config: LayerConfig, around: Surroundings) => Layer;

export interface Surroundings {
  file: FileFacts;
  /** Names of the models and wrappers around the layer, each followed by a slash. */
  prefix: string;
  prepare: (config: LayerConfig, around: Surroundings) => Layer;
}

/**
 * A class of layers: `schema` lists every option and every value that it may have; others are refused by name. What
 * only matters in training is left out beforehand.
 */
export function layerKind<S extends z.ZodType>(schema: S, rules: LayerRules<z.infer<S>>): LayerKind {
  return (config, around) => {
    const { file, prefix, prepare } = around;
    const path = prefix + config.name;
    const options = parseOptions(schema, { ...config, name: path });
    const parts = rules.parts?.(options, config, file) ?? [];
    const layer: Layer = {
      ...config,
      path,
      trainable: config.config['trainable'] !== false,
      weights: rules.weights?.(options, file) ?? [],
      parts: parts.map((part) => prepare(part, { ...around, prefix: `${path}/` })),
      apply: (inputs, site) => {
        const refuse = (message: string) => refusal(`layer ${path} (${config.className}): ${message}`);
        requireInputs(rules.takes ?? 'one', inputs, refuse);
        const given = rules.apply({
          options,
          name: path,
          file,
          input: inputs[0]!,
          inputs,
          parts: layer.parts,
          site,
          add: (operation, ...from) => site.builder.add(path, operation, ...from),
          take: (expected) => site.take(layer, expected),
          storedShape: (role) => site.storedShape(layer, role),
          refuse,
        });
        const outputs = Array.isArray(given) ? (given as readonly Value[]) : [given as Value];
        followMasks(rules.mask ?? 'stops', inputs, outputs, site.masked, refuse);
        return outputs;
      },
    };
    return layer;
  };
}

function requireInputs(takes: 'none' | 'one' | 'several', inputs: readonly Value[], refuse: (m: string) => Error) {
  if (takes === 'several' ? inputs.length === 0 : inputs.length !== (takes === 'one' ? 1 : 0))
    throw refuse(`it takes ${inputs.length} inputs, and must take ${takes}`);
}

function followMasks(
  rule: MaskRule,
  inputs: readonly Value[],
  outputs: readonly Value[],
  masked: Set<Value>,
  refuse: (message: string) => Error,
): void {
  if (rule === 'stops' || !inputs.some((input) => masked.has(input))) return;
  if (rule === 'passes') for (const output of outputs) masked.add(output);
  else throw refuse('it would skip masked steps (Masking, or mask_zero of Embedding), which is not supported');
}

function parseOptions<S extends z.ZodType>(schema: S, layer: LayerConfig): z.infer<S> {
  const given = withoutTraining(layer.config) as Record<string, unknown>;
  const options = schema.safeParse(given, { reportInput: true });
  if (options.success) return options.data;
  const faults = options.error.issues.flatMap((issue) => optionFaults(issue, given));
  throw refusal(`layer ${layer.name} (${layer.className}): ${faults.join('; ')}`, options.error);
}

function optionFaults(issue: z.core.$ZodIssue, options: Readonly<Record<string, unknown>>): string[] {
  if (issue.code === 'unrecognized_keys' && issue.path.length === 0)
    return issue.keys.map((key) => `the option ${key} = ${jsonText(options[key])} is not supported`);
  const option = String(issue.path[0]);
  return [`${option} = ${jsonText(options[option])} is not supported, it ${requirement(issue)}`];
}

/** @throws what refuses the call unless the input has as many axes, the batch axis not being one */
export function requireRank({ input, refuse }: LayerCall<unknown>, rank: number): void {
  if (input.shape.length !== rank)
    throw refuse(`its input is ${shapeText(input.shape)}, and must have ${rank} axes besides the batch`);
}

/**
 * An axis as Keras counts it, from 1 after the batch axis or from -1 at the end, counted from 0 without the batch axis.
 *
 * @throws what refuses the call if there is none of that number
 */
export function axisOf({ input, refuse }: LayerCall<unknown>, axis: number): number {
  const index = axis < 0 ? input.shape.length + axis : axis - 1;
  if (axis !== 0 && index >= 0 && index < input.shape.length) return index;
  throw refuse(`axis = ${axis} is not supported, its input is ${shapeText(input.shape)} besides the batch`);
}
