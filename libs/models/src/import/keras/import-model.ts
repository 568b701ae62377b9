import { z } from 'zod';

import { refusal } from '../../errors.js';
import type { Network, Value } from '../../network/graph.js';
import { NetworkBuilder } from '../../network/network-builder.js';
import { filledShape } from '../filled-shape.js';
import type { ImportHints } from '../imported-model.js';
import { shapeText } from '../../network/tensor.js';
import type { AssignedWeights } from './assign-weights.js';
import type { FileFacts, LayerConfig } from './layer-config.js';
import type { Layer, Site } from './layer.js';
import { applyModel, prepareModel, type Model } from './model.js';
import { readWeight, type ExpectedShapes, type StoredWeight, type TakenWeights } from './take-weights.js';

const topologySchema = z.looseObject({ class_name: z.string(), config: z.unknown() });

/**
 * The outermost model of a Keras topology, checked.
 *
 * @param topology the parsed JSON of a file's `model_config`
 * @throws ModelError if anything in it is not supported
 */
export function readTopology(topology: unknown, file: FileFacts): Model {
  const parsed = topologySchema.safeParse(topology);
  if (!parsed.success) throw refusal("the model's topology is not as Keras writes it: it has no class_name");
  const { class_name: className, config } = parsed.data;
  try {
    return prepareModel({ className, name: 'model', config: (config ?? {}) as LayerConfig['config'] }, file);
  } catch (error) {
    // A stack overflow.
    if (error instanceof RangeError) throw refusal("the model's topology lies too deep within itself", error);
    throw error;
  }
}

/**
 * A network out of a checked model and its weights.
 *
 * @throws ModelError if a weight is not what a layer must have, or a layer cannot take what it is given
 */
export function buildNetwork(model: Model, weights: AssignedWeights, hints: ImportHints): Network {
  const builder = new NetworkBuilder();
  const inputs = model.model.inputs.map(({ layer: name }) => {
    const layer = model.parts.find((part) => part.name === name);
    if (layer?.className !== 'InputLayer') throw refusal(`the model's input ${name} is no InputLayer`);
    return builder.input(name, inputShape(layer, model.model.inputs.length === 1 ? hints : {}));
  });
  return builder.finish(named(model, applyModel(model, inputs, siteOf(builder, weights))));
}

function siteOf(builder: NetworkBuilder, weights: AssignedWeights): Site {
  const tensors = new Map<StoredWeight, ReturnType<typeof readWeight>>();
  return {
    builder,
    calls: 0,
    masked: new Set(),
    reversals: new Map(),
    storedShape: (layer, role) => weights.get(layer)?.get(role)?.shape,
    take: <Shapes extends ExpectedShapes>(layer: Layer, expected: Shapes) => {
      const taken = Object.entries(expected).map(([role, shape]) => {
        const weight = weights.get(layer)?.get(role);
        if (!shape || !weight) return [role, undefined];
        // A layer that is called several times has its weights once.
        const known = tensors.get(weight);
        if (known && shapeText(known.shape) === shapeText(shape)) return [role, known];
        const tensor = readWeight(layer.path, weight, shape);
        tensors.set(weight, tensor);
        return [role, tensor];
      });
      return Object.fromEntries(taken) as TakenWeights<Shapes>;
    },
  };
}

const shapeSchema = z
  .array(
    z
      .int()
      .min(1)
      .max(2 ** 24)
      .nullable(),
  )
  .min(1)
  .max(9);

/** The shape of an input without the batch axis, whose size does not matter, as no served layer keeps a state. */
function inputShape({ path, config }: Layer, hints: ImportHints): readonly number[] {
  const stored = config['batch_input_shape'] ?? config['batch_shape'];
  if (stored === undefined && hints.inputShape) return hints.inputShape;
  const parsed = shapeSchema.safeParse(stored);
  if (parsed.success)
    return filledShape(
      `the input ${path}`,
      parsed.data.slice(1).map((size) => size ?? undefined),
      hints,
    );
  throw refusal(
    `the input ${path}: batch_input_shape = ${JSON.stringify(stored)} is not supported, it must be a list of sizes`,
  );
}

/** The outputs by the names of the layers they come from; a number tells further ones of one name apart. */
function named({ model }: Model, values: readonly Value[]): Map<string, Value> {
  const outputs = new Map<string, Value>();
  model.outputs.forEach(({ layer, name = layer }, i) => {
    let free = name;
    for (let count = 1; outputs.has(free); count++) free = `${name}_${count}`;
    outputs.set(free, values[i]!);
  });
  return outputs;
}
