import { outputShape } from '../network/layer-shapes.js';
import type { Layer, Network } from '../network/network.js';
import { GraphBuilder } from './graph-builder.js';
import { layerNodes } from './layer-nodes.js';

/** Where the channels of a value are in the graph. Keras has them last, ONNX's convolutions and pools first. */
type Layout = 'channels-first' | 'channels-last';

interface Value {
  name: string;
  /** Without the batch axis and with channels last, whatever the layout. */
  shape: readonly number[];
  layout: Layout;
}

/**
 * A network as the bytes of an ONNX file. Input and output are laid out as in {@link Network}; in between, values are
 * transposed where a layer asks for the other layout.
 */
export function writeOnnx(network: Network): Uint8Array {
  const graph = new GraphBuilder();
  const input = { name: 'input', shape: network.inputShape };
  let value: Value = { ...input, layout: 'channels-last' };
  for (const layer of network.layers) value = addLayer(graph, layer, value);
  const { name } = inLayout(graph, value, 'channels-last');
  graph.rename(name, 'output');
  return graph.finish([input], [{ name: 'output', shape: network.outputShape }]);
}

function addLayer(graph: GraphBuilder, layer: Layer, before: Value): Value {
  const value = inLayout(graph, before, wantedLayout(layer) ?? before.layout);
  const name = layerNodes(graph, layer, value);
  return { name, shape: outputShape(layer, value.shape), layout: value.layout };
}

/** Undefined where both will do. */
function wantedLayout(layer: Layer): Layout | undefined {
  switch (layer.kind) {
    case 'conv':
    case 'pool':
    case 'global-pool':
    case 'pad':
    case 'batch-normalization':
      return 'channels-first';
    case 'dense':
    case 'reshape':
      return 'channels-last';
    case 'leaky-relu':
      return undefined;
    case 'activation':
      return layer.activation === 'softmax' ? 'channels-last' : undefined;
  }
}

function inLayout(graph: GraphBuilder, value: Value, layout: Layout): Value {
  const rank = value.shape.length;
  // With channels alone both are the same.
  if (value.layout === layout || rank === 1) return { ...value, layout };
  const spatial = Array.from({ length: rank - 1 }, (_, axis) => axis + 1);
  const perm = layout === 'channels-first' ? [0, rank, ...spatial] : [0, ...spatial.map((axis) => axis + 1), 1];
  return { ...value, name: graph.node('Transpose', [value.name], { perm: { ints: perm } }), layout };
}
