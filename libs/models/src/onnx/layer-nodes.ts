import { paddingOf, windowSpan } from '../network/layer-shapes.js';
import type {
  Activation,
  BatchNormalizationLayer,
  ConvLayer,
  DenseLayer,
  GlobalPoolLayer,
  Layer,
  PadLayer,
  PoolLayer,
} from '../network/network.js';
import type { Attributes, GraphBuilder } from './graph-builder.js';
import { permute } from './permute.js';

interface Value {
  name: string;
  /** Without the batch axis and with channels last. */
  shape: readonly number[];
}

/**
 * Adds the ONNX nodes of one layer.
 *
 * @param input in the layout that the layer's ONNX operators want
 * @returns the name of their result, in the same layout
 */
export function layerNodes(graph: GraphBuilder, layer: Layer, input: Value): string {
  switch (layer.kind) {
    case 'conv':
      return conv(graph, layer, input);
    case 'pool':
      return pool(graph, layer, input);
    case 'global-pool':
      return globalPool(graph, layer, input.name);
    case 'batch-normalization':
      return batchNormalization(graph, layer, input.name);
    case 'dense':
      return dense(graph, layer, input);
    case 'reshape':
      return graph.node('Reshape', [input.name, graph.integers(`${layer.name}/shape`, [-1, ...layer.shape])]);
    case 'pad':
      return pad(graph, layer, input.name);
    case 'leaky-relu':
      return graph.node('LeakyRelu', [input.name], { alpha: { float: layer.slope } });
    case 'activation':
      return graph.node(operators[layer.activation], [input.name], layer.activation === 'softmax' ? lastAxis : {});
  }
}

const lastAxis = { axis: { int: -1 } };

const operators: Readonly<Record<Activation, string>> = {
  relu: 'Relu',
  sigmoid: 'Sigmoid',
  tanh: 'Tanh',
  softmax: 'Softmax',
  elu: 'Elu',
  softplus: 'Softplus',
  softsign: 'Softsign',
};

/** Keras has kernels as [...spatial, in, out], ONNX as [out, in, ...spatial]. */
function conv(graph: GraphBuilder, layer: ConvLayer, { name, shape }: Value): string {
  const { kernel, bias, strides, dilations } = layer;
  const window = kernel.shape.slice(0, -2);
  const order = [window.length + 1, window.length, ...window.keys()];
  const inputs = [name, graph.floats(`${layer.name}/kernel`, permute(kernel, order))];
  if (bias) inputs.push(graph.floats(`${layer.name}/bias`, bias));
  return graph.node('Conv', inputs, {
    kernel_shape: { ints: window },
    strides: { ints: strides },
    dilations: { ints: dilations },
    pads: pads(layer, window, dilations, shape),
  });
}

function pool(graph: GraphBuilder, layer: PoolLayer, { name, shape }: Value): string {
  const noDilation = layer.size.map(() => 1);
  return graph.node(layer.reduce === 'max' ? 'MaxPool' : 'AveragePool', [name], {
    kernel_shape: { ints: layer.size },
    strides: { ints: layer.strides },
    pads: pads(layer, layer.size, noDilation, shape),
  });
}

/** The zeros before each axis, then those after each. */
function pads(
  { padding, strides }: ConvLayer | PoolLayer,
  sizes: readonly number[],
  dilations: readonly number[],
  input: readonly number[],
): Attributes[string] {
  const pairs = sizes.map((size, axis) =>
    paddingOf(padding, { size: input[axis]!, window: windowSpan(size, dilations[axis]!), stride: strides[axis]! }),
  );
  return { ints: [...pairs.map(([before]) => before), ...pairs.map(([, after]) => after)] };
}

/** Batch and channels, the first two axes, get none. */
function pad(graph: GraphBuilder, { name, zeros }: PadLayer, input: string): string {
  const counts = [0, 0, ...zeros.map(([before]) => before), 0, 0, ...zeros.map(([, after]) => after)];
  return graph.node('Pad', [input, graph.integers(`${name}/zeros`, counts)]);
}

/** ONNX keeps the pooled axes, with a size of 1. */
function globalPool(graph: GraphBuilder, { reduce }: GlobalPoolLayer, input: string): string {
  const pooled = graph.node(reduce === 'max' ? 'GlobalMaxPool' : 'GlobalAveragePool', [input]);
  return graph.node('Flatten', [pooled]);
}

function batchNormalization(graph: GraphBuilder, layer: BatchNormalizationLayer, input: string): string {
  const constants = (['scale', 'offset', 'mean', 'variance'] as const).map((role) =>
    graph.floats(`${layer.name}/${role}`, layer[role]),
  );
  return graph.node('BatchNormalization', [input, ...constants], { epsilon: { float: layer.epsilon } });
}

function dense(graph: GraphBuilder, { name, kernel, bias }: DenseLayer, input: Value): string {
  const product = graph.node('MatMul', [input.name, graph.floats(`${name}/kernel`, kernel)]);
  return bias ? graph.node('Add', [product, graph.floats(`${name}/bias`, bias)]) : product;
}
