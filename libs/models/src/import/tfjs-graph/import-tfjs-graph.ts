import { refusal } from '../../errors.js';
import { NetworkBuilder } from '../../network/network-builder.js';
import type { Value } from '../../network/graph.js';
import type { ImportedNetwork, ImportHints } from '../imported-model.js';
import { filledShape } from '../filled-shape.js';
import { Call, type Surroundings } from './call.js';
import { parseGraphModel, type GraphModel, type GraphNode } from './graph-def.js';
import type { NodeValue } from './graph-value.js';
import { nodeBuilders, unsupported } from './node-builders.js';
import { inNeededOrder, referenceOf } from './order.js';
import { readWeights } from './weights.js';

/**
 * Imports a TensorFlow.js graph model: what depends on shapes alone is worked out, and the rest becomes a network.
 * Every operation, attribute and type is one of a list; what is not is refused by name.
 *
 * @param shards the content of each file that the manifest names
 * @throws ModelError if anything about the model is damaged or not supported
 */
export function importTfjsGraph(
  modelJson: Uint8Array,
  shards: ReadonlyMap<string, Uint8Array>,
  hints: ImportHints = {},
): ImportedNetwork {
  const model = parseGraphModel(modelJson);
  const nodes = nodesByName(model);
  const outputs = outputsOf(model, nodes);
  const weights = readWeights(model.weightsManifest, shards);
  const builder = new NetworkBuilder();
  const values = new Map<string, NodeValue[]>();
  const fixedBatch = addInputs(model, nodes, { builder, values, hints });
  const inputs = new Set([...values.values()].flat().map((value) => (value.kind === 'flow' ? value.value.name : '')));
  const surroundings = { builder, inputs, weights, fixedBatch };
  for (const node of inNeededOrder(nodes, outputs.values(), values.keys()))
    values.set(node.name, build(node, values, surroundings));
  const network = builder.finish(
    new Map([...outputs].map(([name, tensor]) => [name, outputValue(name, tensor, values)])),
  );
  const layers = model.modelTopology.node.filter(({ op }) => !['Const', 'Placeholder', 'NoOp'].includes(op)).length;
  return { format: 'tfjs-graph', layers, network };
}

type Nodes = ReadonlyMap<string, GraphNode>;
type Values = ReadonlyMap<string, readonly NodeValue[]>;

function nodesByName({ modelTopology }: GraphModel): Nodes {
  const nodes = new Map<string, GraphNode>();
  for (const node of modelTopology.node) {
    if (nodes.has(node.name)) throw refusal(`model.json: two nodes are called ${node.name}`);
    nodes.set(node.name, node);
  }
  return nodes;
}

function signatureOf({ signature, userDefinedMetadata }: GraphModel) {
  return userDefinedMetadata?.signature ?? signature ?? {};
}

/** The tensor of each output by its name; without a signature, whatever no node takes. */
function outputsOf(model: GraphModel, nodes: Nodes): Map<string, string> {
  const named = Object.entries(signatureOf(model).outputs ?? {});
  if (named.length > 0) return new Map(named.map(([key, { name }]) => [key, name]));
  const taken = new Set(
    [...nodes.values()].flatMap(({ input }) => input.map((reference) => referenceOf(reference).name)),
  );
  const last = [...nodes.values()].filter(
    ({ name, op }) => !taken.has(name) && !['Const', 'NoOp', 'Placeholder'].includes(op),
  );
  if (last.length === 0) throw refusal('model.json: the graph has no output');
  return new Map(last.map(({ name }) => [name, name]));
}

interface Beginning {
  builder: NetworkBuilder;
  /** Where the inputs' values are put. */
  values: Map<string, NodeValue[]>;
  hints: ImportHints;
}

/** @returns what their first axis is fixed at, undefined if it is free */
function addInputs(model: GraphModel, nodes: Nodes, { builder, values, hints }: Beginning): number | undefined {
  const named = Object.entries(signatureOf(model).inputs ?? {});
  const placeholders: (readonly [key: string, name: string])[] =
    named.length > 0
      ? named.map(([key, { name }]) => [key, referenceOf(name).name])
      : [...nodes.values()].filter(({ op }) => op === 'Placeholder').map(({ name }) => [name, name]);
  if (placeholders.length === 0) throw refusal('model.json: the graph has no input');
  const batches = new Set<number>();
  for (const [key, name] of placeholders) {
    const node = nodes.get(name);
    if (node?.op !== 'Placeholder' || values.has(name))
      throw refusal(`model.json: the input ${key} is no placeholder of its own`);
    const call = new Call(node, [], { builder, inputs: new Set(), weights: new Map(), fixedBatch: undefined });
    const { batch, shape } = inputShape(call, placeholders.length === 1 ? hints : {});
    batches.add(batch);
    const type = call.attributes.type('dtype');
    if (type === 'bool') call.refuse('an input of type bool is not supported');
    call.attributes.finish();
    values.set(name, [{ kind: 'flow', value: builder.input(key, shape), times: 1, whole: type !== 'float32' }]);
  }
  const [batch = -1, ...others] = batches;
  if (others.length > 0)
    throw refusal(`model.json: the inputs have first axes of ${[...batches].join(' and ')}; all must have the batch`);
  return batch === -1 ? undefined : batch;
}

function inputShape(call: Call, hints: ImportHints): { batch: number; shape: readonly number[] } {
  const sizes = call.attributes.shape('shape') ?? (hints.inputShape && [-1, ...hints.inputShape.map(() => -1)]);
  if (sizes === undefined)
    return call.refuse('the number of its axes is not known; export the model with the shape of its input');
  const [batch, ...rest] = sizes;
  if (batch === undefined || rest.length === 0)
    return call.refuse('an input needs a first axis, the batch, and another');
  if (batch !== -1 && batch < 1) call.refuse(`its first axis is ${batch}`);
  return {
    batch,
    shape: filledShape(
      `the input ${call.name}`,
      rest.map((size) => (size === -1 ? undefined : size)),
      hints,
    ),
  };
}

function build(node: GraphNode, values: Values, surroundings: Surroundings): NodeValue[] {
  const operands = node.input.flatMap((text) => {
    const { name, output, control } = referenceOf(text);
    return control ? [] : [operand(node, values.get(name)?.[output], text)];
  });
  const call = new Call(node, operands, surroundings);
  const result = valuesOf(call, node);
  call.attributes.finish();
  return result;
}

function operand({ name, op }: GraphNode, value: NodeValue | undefined, reference: string): NodeValue {
  return value ?? refuseNode(name, op, `its input ${reference} is nothing that the graph gives`);
}

function refuseNode(name: string, op: string, message: string): never {
  throw refusal(`layer ${name} (${op}): ${message}`);
}

function valuesOf(call: Call, { name, op }: GraphNode): NodeValue[] {
  if (op === 'Const') return [constantOf(call)];
  if (op === 'NoOp') return [];
  // What is fed only on demand has its default.
  if (op === 'PlaceholderWithDefault') {
    call.attributes.ignore('shape');
    return [call.input(0)];
  }
  const builder = nodeBuilders.get(op);
  if (!builder) return refuseNode(name, op, unsupported(op));
  const result = builder(call);
  return Array.isArray(result) ? result : [result];
}

function constantOf(call: Call): NodeValue {
  call.attributes.ignore('value');
  return call.surroundings.weights.get(call.name) ?? call.refuse('its values are not among the weights');
}

function outputValue(key: string, tensor: string, values: Values): Value {
  const { name, output } = referenceOf(tensor);
  const value = values.get(name)?.[output];
  if (value === undefined) throw refusal(`model.json: the output ${key} is ${tensor}, which the graph does not give`);
  if (value.kind === 'spread') throw refusal(`the output ${key} is half of a dilated convolution`);
  if (value.kind !== 'flow') throw refusal(`the output ${key} is the same for every input`);
  if (value.whole) throw refusal(`the output ${key} is of integers; 32-bit floats are supported`);
  if (value.times !== 1) throw refusal(`the output ${key} has ${value.times} rows for each input; one is supported`);
  return value.value;
}
