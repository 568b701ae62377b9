import { refusal } from '../../errors.js';
import type { Value } from '../../network/graph.js';
import type { FileFacts, LayerConfig } from './layer-config.js';
import { modernLayer } from './keras-1.js';
import type { Layer, Site, Surroundings } from './layer.js';
import { layerKinds, supportedLayers } from './layers.js';
import { operatorClass } from './operators/operator-calls.js';
import { operatorKinds, supportedOperators } from './operators/operators.js';
import { modelClasses, parseModel, type ModelConfig } from './topology.js';

/** How deep models and wrappers may lie within each other. */
const maxDepth = 20;

/** Calls of layers. A model in a model in a model can call as many as it likes with few words. */
const maxCalls = 10_000;

/** A layer that is a model: its own layers, and what their calls give. */
export interface Model extends Layer {
  model: ModelConfig;
  /** Of the same order as `model.layers`. */
  parts: readonly Layer[];
}

/**
 * Checks every layer of the outermost model.
 *
 * @throws ModelError if a class, an option or a value of one is not supported, naming it
 */
export function prepareModel(config: LayerConfig, file: FileFacts): Model {
  return modelLayer(config, { file, prefix: '', prepare: prepareLayer }, '');
}

function prepareLayer(given: LayerConfig, around: Surroundings): Layer {
  const config = modernLayer(given, around.file);
  if (around.prefix.split('/').length > maxDepth)
    throw refusal(`layer ${around.prefix}${config.name}: it lies more than ${maxDepth} models deep`);
  if (modelClasses.includes(config.className)) return modelLayer(config, around, `${around.prefix}${config.name}/`);
  const kind = layerKinds.get(config.className) ?? operatorKinds.get(config.className);
  if (kind) return kind(config, around);
  const layer = `layer ${around.prefix}${config.name}`;
  if (/lambda/i.test(config.className))
    throw refusal(
      `${layer} is of class ${config.className}: it holds code, which is never run. ` +
        'Say the same with layers, such as Rescaling, Reshape or Add, or leave it to the card',
    );
  const known = config.className.startsWith(operatorClass('')) ? supportedOperators : supportedLayers;
  throw refusal(`${layer} is of class ${config.className}, which is not supported; supported are ${known.join(', ')}`);
}

function modelLayer(config: LayerConfig, around: Surroundings, prefix: string): Model {
  const model = parseModel(config.className, config.config);
  const parts = model.layers.map((layer) => prepareLayer(layer, { ...around, prefix }));
  return {
    ...config,
    path: around.prefix + config.name,
    trainable: config.config['trainable'] !== false,
    weights: [],
    parts,
    model,
    apply: (inputs, site) => applyModel({ model, parts }, inputs, site),
  };
}

/** What a model gives for `inputs`, which its input layers stand for. */
export function applyModel(
  { model, parts }: Pick<Model, 'model' | 'parts'>,
  inputs: readonly Value[],
  site: Site,
): readonly Value[] {
  const byName = new Map(parts.map((part) => [part.name, part]));
  const values = new Map<string, readonly Value[]>();
  const valueOf = ({ layer, call, output }: ModelConfig['outputs'][number]) => {
    const value = values.get(`${call} ${layer}`)?.[output];
    if (value) return value;
    throw refusal(`the model takes output ${output} of call ${call} of layer ${layer}, and there is none`);
  };
  if (inputs.length !== model.inputs.length)
    throw refusal(`a model of ${model.inputs.length} inputs is called with ${inputs.length}`);
  model.inputs.forEach(({ layer, call }, i) => values.set(`${call} ${layer}`, [inputs[i]!]));
  for (const { layer, call, inputs: sources } of model.calls) {
    if (++site.calls > maxCalls) throw refusal(`the model calls its layers more than ${maxCalls} times`);
    if (values.has(`${call} ${layer.name}`)) continue;
    values.set(`${call} ${layer.name}`, byName.get(layer.name)!.apply(sources.map(valueOf), site));
  }
  return model.outputs.map(valueOf);
}
