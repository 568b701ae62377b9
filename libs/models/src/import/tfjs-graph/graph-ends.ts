import { refusal } from '../../errors.js';
import type { Value } from '../../network/graph.js';
import type { NetworkBuilder } from '../../network/network-builder.js';
import { filledShape } from '../filled-shape.js';
import type { ImportHints } from '../imported-model.js';
import { Call } from './call.js';
import type { GraphModel, GraphNode } from './graph-def.js';
import type { NodeValue } from './graph-value.js';
import { referenceOf } from './order.js';

export type Nodes = ReadonlyMap<string, GraphNode>;

/** @throws ModelError if two have one name */
export function nodesByName({ modelTopology }: GraphModel): Nodes {
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
export function outputsOf(model: GraphModel, nodes: Nodes): Map<string, string> {
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

/**
 * Adds the inputs to the network.
 *
 * @returns what their first axis is fixed at, undefined if it is free
 */
export function addInputs(model: GraphModel, nodes: Nodes, { builder, values, hints }: Beginning): number | undefined {
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
    const call = new Call(node, [], { builder, inputs: new Map(), weights: new Map(), fixedBatch: undefined });
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

/** @throws ModelError unless it is one row of floats for each input */
export function outputValue(key: string, tensor: string, values: ReadonlyMap<string, readonly NodeValue[]>): Value {
  const { name, output } = referenceOf(tensor);
  const value = values.get(name)?.[output];
  if (value === undefined) throw refusal(`model.json: the output ${key} is ${tensor}, which the graph does not give`);
  if (value.kind === 'spread') throw refusal(`the output ${key} is half of a dilated convolution`);
  if (value.kind !== 'flow') throw refusal(`the output ${key} is the same for every input`);
  if (value.whole) throw refusal(`the output ${key} is of integers; 32-bit floats are supported`);
  if (value.times !== 1) throw refusal(`the output ${key} has ${value.times} rows for each input; one is supported`);
  return value.value;
}
