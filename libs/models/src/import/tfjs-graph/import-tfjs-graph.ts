import { refusal } from '../../errors.js';
import { NetworkBuilder } from '../../network/network-builder.js';
import type { ImportedNetwork, ImportHints } from '../imported-model.js';
import { Call, type Surroundings } from './call.js';
import { parseGraphModel, type GraphNode } from './graph-def.js';
import { addInputs, nodesByName, outputsOf, outputValue } from './graph-ends.js';
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
  const inputs = new Map(
    [...values.values()].flat().flatMap((value) => (value.kind === 'flow' ? [[value.value.name, value.whole]] : [])),
  );
  const surroundings = { builder, inputs, weights, fixedBatch };
  for (const node of inNeededOrder(nodes, outputs.values(), values.keys()))
    values.set(node.name, build(node, values, surroundings));
  const network = builder.finish(
    new Map([...outputs].map(([name, tensor]) => [name, outputValue(name, tensor, values)])),
  );
  const layers = model.modelTopology.node.filter(({ op }) => !['Const', 'Placeholder', 'NoOp'].includes(op)).length;
  return { format: 'tfjs-graph', layers, network };
}

type Values = ReadonlyMap<string, readonly NodeValue[]>;

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
