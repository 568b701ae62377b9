import type onnxProto from 'onnx-proto';

import { refusal } from '../../errors.js';
import { onnx } from '../../onnx/onnx-proto.js';
import { nodeRanks } from './node-ranks.js';

type NodeProto = onnxProto.onnx.INodeProto;
type GraphProto = onnxProto.onnx.IGraphProto;

/**
 * A file of operator set 6 as one of operator set 7, which ONNX Runtime takes all of. Between the two, broadcasting
 * became NumPy's, and operators lost the option to train; what has no equal in 7 is refused.
 *
 * @param bytes checked, and of operator set 6
 * @throws ModelError naming the node
 */
export function upgradeOpset6(bytes: Uint8Array): Uint8Array {
  const model = onnx.ModelProto.decode(bytes);
  const graph: GraphProto = model.graph!;
  const aligning = new Map<string, NodeProto>();
  const context = { graph, ranks: nodeRanks(graph), aligning };
  const nodes = (graph.node ?? []).map((node) => upgraded(node, context));
  graph.node = [...aligning.values(), ...nodes];
  model.opsetImport = [{ domain: '', version: 7 }];
  return onnx.ModelProto.encode(model).finish();
}

interface Context {
  graph: GraphProto;
  ranks: ReadonlyMap<string, number>;
  /** Nodes that give constants further axes, by what they give. */
  aligning: Map<string, NodeProto>;
}

const broadcasting = new Set([
  'Add',
  'Sub',
  'Mul',
  'Div',
  'Pow',
  'And',
  'Or',
  'Xor',
  'Equal',
  'Greater',
  'Less',
  'Gemm',
]);

function upgraded(node: NodeProto, context: Context): NodeProto {
  const op = node.opType ?? '';
  if (broadcasting.has(op)) {
    const axis = attribute(node, 'axis');
    drop(node, 'axis', 'broadcast');
    return axis === undefined ? node : alignSecond(node, axis, context);
  }
  if (op === 'PRelu') return alignSecond(node, 1, context);
  if (op === 'BatchNormalization' || op === 'Dropout') {
    if (!attribute(node, 'is_test')) refuse(node, 'is_test must be 1; export the model for inference');
    drop(node, 'is_test');
  }
  if (['RNN', 'LSTM', 'GRU'].includes(op)) drop(node, 'output_sequence');
  return node;
}

/** Gives what comes second, from `axis` of what comes first on, the axes of size 1 behind it that NumPy's rule asks for. */
function alignSecond(node: NodeProto, axis: number, { graph, ranks, aligning }: Context): NodeProto {
  const [first = '', second = ''] = node.input ?? [];
  const constant = graph.initializer?.find(({ name }) => name === second);
  const own = constant?.dims?.map(Number);
  if (own === undefined) refuse(node, `${second} is broadcast along axis ${axis}, and is no constant`);
  if (own.every((size) => size === 1)) return node;
  const rank = ranks.get(first);
  if (rank === undefined) refuse(node, `how many axes ${first} has is not known`);
  const behind = rank - (axis < 0 ? axis + rank : axis) - own.length;
  if (behind < 0) refuse(node, `${own.join(' x ')} does not fit from axis ${axis} on`);
  if (behind === 0) return node;
  const aligned = `${second}/with-${behind}-axes`;
  const axes = Array.from({ length: behind }, (_, index) => own.length + index);
  const list = [{ name: 'axes', type: onnx.AttributeProto.AttributeType.INTS, ints: axes }];
  aligning.set(aligned, { opType: 'Unsqueeze', name: aligned, input: [second], output: [aligned], attribute: list });
  node.input = [first, aligned, ...(node.input ?? []).slice(2)];
  return node;
}

function attribute(node: NodeProto, name: string): number | undefined {
  const found = node.attribute?.find((one) => one.name === name);
  return found ? Number(found.i ?? 0) : undefined;
}

function drop(node: NodeProto, ...names: string[]): void {
  node.attribute = node.attribute?.filter(({ name }) => !names.includes(name ?? ''));
}

function refuse({ name, output, opType }: NodeProto, message: string): never {
  throw refusal(`layer ${name || output?.[0]} (${opType}): ${message}`);
}
