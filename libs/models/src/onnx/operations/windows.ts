import type { Conv, ConvTranspose, Margins, Pool } from '../../network/operations.js';
import { permute } from '../../network/permute.js';
import type { Attribute, Attributes, GraphBuilder } from '../graph-builder.js';
import { channelsFirst, inOrder, type StoredValue } from '../stored-value.js';

/** Keras has kernels as [...spatial, in, out], ONNX as [out, in, ...spatial]. */
export function addConv(
  graph: GraphBuilder,
  layer: string,
  { kernel, bias, strides, dilations, groups, margins }: Conv,
  shape: readonly number[],
  input: StoredValue,
): StoredValue {
  const window = kernel.shape.slice(0, -2);
  const weights = permute(kernel, [window.length + 1, window.length, ...window.keys()]);
  return windowed(graph, 'Conv', shape, input, [weights, bias], layer, {
    kernel_shape: { ints: window },
    strides: { ints: strides },
    dilations: { ints: dilations },
    group: { int: groups },
    pads: pads(margins),
  });
}

/** Keras has kernels as [...spatial, out, in], ONNX as [in, out, ...spatial]. */
export function addConvTranspose(
  graph: GraphBuilder,
  layer: string,
  { kernel, bias, strides, dilations, crop }: ConvTranspose,
  shape: readonly number[],
  input: StoredValue,
): StoredValue {
  const window = kernel.shape.slice(0, -2);
  const weights = permute(kernel, [window.length + 1, window.length, ...window.keys()]);
  return windowed(graph, 'ConvTranspose', shape, input, [weights, bias], layer, {
    kernel_shape: { ints: window },
    strides: { ints: strides },
    dilations: { ints: dilations },
    pads: pads(crop.map(([before, after]) => [before, Math.max(0, after)])),
    output_padding: { ints: crop.map(([, after]) => Math.max(0, -after)) },
  });
}

export function addPool(
  graph: GraphBuilder,
  { reduce, size, strides, margins }: Pool,
  shape: readonly number[],
  input: StoredValue,
): StoredValue {
  return windowed(graph, reduce === 'max' ? 'MaxPool' : 'AveragePool', shape, input, [], '', {
    kernel_shape: { ints: size },
    strides: { ints: strides },
    pads: pads(margins),
  });
}

function windowed(
  graph: GraphBuilder,
  opType: string,
  shape: readonly number[],
  input: StoredValue,
  [kernel, bias]: readonly (Conv['bias'] | undefined)[],
  layer: string,
  attributes: Attributes,
): StoredValue {
  const order = channelsFirst(shape.length);
  const inputs = [inOrder(graph, input, order)];
  if (kernel) inputs.push(graph.floats(`${layer}/kernel`, kernel));
  if (bias) inputs.push(graph.floats(`${layer}/bias`, bias));
  return { name: graph.node(opType, inputs, attributes), shape, order, constant: false };
}

/** What comes before each axis, then what comes after each. */
function pads(margins: Margins): Attribute {
  return { ints: [...margins.map(([before]) => before), ...margins.map(([, after]) => after)] };
}
