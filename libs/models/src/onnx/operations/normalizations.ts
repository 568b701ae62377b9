import type { BatchNormalization, LayerNormalization } from '../../network/operations.js';
import { valueCount, type Tensor } from '../../network/tensor.js';
import type { GraphBuilder } from '../graph-builder.js';
import { asIs, broadcastConstant, channelsFirst, inOrder, type StoredValue } from '../stored-value.js';

/** ONNX's operator has channels first; values stored otherwise are not moved for it. */
export function addBatchNormalization(
  graph: GraphBuilder,
  layer: string,
  { epsilon, mean, variance, scale, offset }: BatchNormalization,
  input: StoredValue,
): StoredValue {
  const { length: rank } = input.order;
  if (input.order.at(-1) === 0) {
    const statistics = Object.entries({ scale, offset, mean, variance });
    const constants = statistics.map(([role, tensor]) => graph.floats(`${layer}/${role}`, tensor));
    const inputs = [inOrder(graph, input, channelsFirst(rank)), ...constants];
    const name = graph.node('BatchNormalization', inputs, { epsilon: { float: epsilon } });
    return { ...input, name, order: channelsFirst(rank) };
  }
  const constant = (role: string, tensor: Tensor) => broadcastConstant(graph, `${layer}/${role}`, tensor, input.order);
  const factors = scale.data.map((value, i) => value / Math.sqrt(variance.data[i]! + epsilon));
  const centred = graph.node('Sub', [input.name, constant('mean', mean)]);
  const scaled = graph.node('Mul', [centred, constant('scale', { shape: scale.shape, data: factors })]);
  return { ...input, name: graph.node('Add', [scaled, constant('offset', offset)]) };
}

export function addLayerNormalization(
  graph: GraphBuilder,
  layer: string,
  { axes, epsilon, scale, offset }: LayerNormalization,
  input: StoredValue,
): StoredValue {
  const order = asIs(input.order.length);
  const shape = input.shape.slice(-axes);
  const ones = { shape, data: new Float32Array(valueCount(shape)).fill(1) };
  const inputs = [inOrder(graph, input, order), graph.floats(`${layer}/scale`, scale ?? ones)];
  if (offset) inputs.push(graph.floats(`${layer}/offset`, offset));
  const name = graph.node('LayerNormalization', inputs, { axis: { int: -axes }, epsilon: { float: epsilon } });
  return { ...input, name, order };
}
