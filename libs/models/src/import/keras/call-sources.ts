import { z } from 'zod';

import { refusal } from '../../errors.js';
import { jsonText } from './json-text.js';
import type { LayerConfig } from './layer-config.js';
import { imageLayers } from './layers/augmentation.js';

/** A value inside a model: which output of which call of which layer. */
export interface Source {
  layer: string;
  /** Counted from 0, or from 1 for a model inside the model, as the file has it. */
  call: number;
  output: number;
}

const index = z.int().min(0).max(10_000);
/** Keras 1 and 2: a layer, its call, its output, and from Keras 2 on the further arguments of this call. */
const listed = z.union([
  z.tuple([z.string(), index, index]),
  z.tuple([z.string(), index, index, z.record(z.string(), z.unknown())]),
]);
const tensor = z.object({
  class_name: z.literal('__keras_tensor__'),
  config: z.looseObject({ keras_history: z.tuple([z.string(), index, index]) }),
});
/** A call of Keras 3. */
export const modernCall = z.object({ args: z.array(z.unknown()), kwargs: z.record(z.string(), z.unknown()) });

/**
 * What a layer takes in one of its calls.
 *
 * @param call an item of `inbound_nodes`
 * @throws ModelError if the call has arguments that are not supported
 */
export function sourcesOfCall({ name: layer, className }: LayerConfig, call: unknown): Source[] {
  const modern = modernCall.safeParse(call);
  if (modern.success) {
    const { training, ...further } = modern.data.kwargs;
    requirePlainCall(layer, imageLayers.has(className) ? further : { training, ...further });
    return modern.data.args.flat().map((argument) => modernSource(layer, argument));
  }
  const references = Array.isArray(call) ? (call as unknown[]) : [];
  // A layer that takes one value may have it without the list around.
  const source = listed.safeParse(references);
  if (source.success) return [listedSource(layer, references)];
  return references.map((reference) => listedSource(layer, reference));
}

/**
 * The values that `input_layers` or `output_layers` names: a list of references, one reference, or an object of them.
 *
 * @returns each with the name that the file gives it, if any
 */
export function sourcesOfModel(model: string, references: unknown): (Source & { name?: string })[] {
  if (listed.safeParse(references).success) return [listedSource(model, references)];
  if (Array.isArray(references)) return references.map((reference) => listedSource(model, reference));
  if (typeof references === 'object' && references !== null)
    return Object.entries(references)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, reference]) => ({ name, ...listedSource(model, reference) }));
  throw refusal(`model ${model}: its inputs or outputs are not a list of layers`);
}

/** @throws ModelError unless it names a layer, its call and its output */
export function listedSource(layer: string, reference: unknown): Source {
  const parsed = listed.safeParse(reference);
  if (!parsed.success)
    throw refusal(`layer ${layer}: it takes ${jsonText(reference)}, which is not the output of a layer`);
  const [name, call, output, further] = parsed.data;
  requirePlainCall(layer, further ?? {});
  return { layer: name, call, output };
}

/** @throws ModelError unless it is a value of Keras 3 */
export function modernSource(layer: string, argument: unknown): Source {
  const parsed = tensor.safeParse(argument);
  if (!parsed.success)
    throw refusal(`layer ${layer}: it takes ${jsonText(argument)}, which is not the output of a layer`);
  const [name, call, output] = parsed.data.config.keras_history;
  return { layer: name, call, output };
}

/** Further arguments change what a layer does, but for those that say it is not training. */
function requirePlainCall(layer: string, further: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(further)) {
    if (value == null || (name === 'training' && value === false)) continue;
    throw refusal(`layer ${layer}: it is called with ${name} = ${jsonText(value)}, which is not supported`);
  }
}
