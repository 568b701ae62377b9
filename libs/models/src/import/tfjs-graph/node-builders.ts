import type { Arithmetic } from '../../network/operations.js';
import { activate, clip, leakyRelu, plainActivations, prelu, softmax } from './activations.js';
import { addN, arithmetic, biasAdd, squaredDifference } from './arithmetic.js';
import type { Call } from './call.js';
import type { NodeValue } from './graph-value.js';
import { conv2d, conv2dTranspose, depthwiseConv2d } from './convolutions.js';
import { batchNormalization, pool2d, resizeBilinear, resizeNearest } from './pools.js';
import { batchMatMul, fusedConv2d, fusedDepthwiseConv2d, fusedMatMul, matMul } from './products.js';
import { cast, expandDims, identity, product, reshape, shapeOf, squeeze, transpose } from './shapes.js';
import { batchToSpace, spaceToBatch } from './dilated.js';
import { pad, reduce } from './axes.js';
import { concat, gather, pack, tile } from './joins.js';
import { slice, stridedSlice } from './slices.js';
import { split, splitV, unpack } from './splits.js';

/** What a node gives: several values where it has several outputs. */
export type NodeBuilder = (call: Call) => NodeValue | NodeValue[];

const operators: Record<string, Arithmetic['operator']> = {
  ...{ Add: 'add', AddV2: 'add', Sub: 'subtract', Mul: 'multiply', RealDiv: 'divide' },
  ...{ Maximum: 'maximum', Minimum: 'minimum', Pow: 'power' },
};

/** Each operation of TensorFlow that is supported, by its name. */
export const nodeBuilders: ReadonlyMap<string, NodeBuilder> = new Map<string, NodeBuilder>([
  ['Identity', identity],
  ['IdentityN', identity],
  ['StopGradient', identity],
  ['Conv2D', conv2d],
  ['DepthwiseConv2dNative', depthwiseConv2d],
  ['SpaceToBatchND', spaceToBatch],
  ['BatchToSpaceND', batchToSpace],
  ['Conv2DBackpropInput', conv2dTranspose],
  ['_FusedConv2D', fusedConv2d],
  ['FusedDepthwiseConv2dNative', fusedDepthwiseConv2d],
  ['_FusedDepthwiseConv2dNative', fusedDepthwiseConv2d],
  ['MatMul', matMul],
  ['_FusedMatMul', fusedMatMul],
  ['BatchMatMul', batchMatMul],
  ['BatchMatMulV2', batchMatMul],
  ['BiasAdd', biasAdd],
  ['AddN', addN],
  ['SquaredDifference', squaredDifference],
  ...Object.entries(operators).map(([op, operator]) => [op, arithmetic(operator)] as const),
  ['FusedBatchNorm', batchNormalization],
  ['FusedBatchNormV2', batchNormalization],
  ['FusedBatchNormV3', batchNormalization],
  ...[...plainActivations].map(([op, activations]) => [op, activate(activations)] as const),
  ['LeakyRelu', leakyRelu],
  ['Prelu', prelu],
  ['ClipByValue', clip],
  ['Softmax', softmax(false)],
  ['LogSoftmax', softmax(true)],
  ['MaxPool', pool2d('max')],
  ['AvgPool', pool2d('average')],
  ['Mean', reduce('mean')],
  ['Max', reduce('max')],
  ['Min', reduce('min')],
  ['Sum', reduce('sum')],
  ['Prod', product],
  ['Shape', shapeOf],
  ['Reshape', reshape],
  ['Squeeze', squeeze],
  ['ExpandDims', expandDims],
  ['Transpose', transpose],
  ['Cast', cast],
  ['Pad', pad('constant')],
  ['PadV2', pad('constant')],
  ['MirrorPad', pad('mirror')],
  ['ConcatV2', concat],
  ['Pack', pack],
  ['Unpack', unpack],
  ['Split', split],
  ['SplitV', splitV],
  ['Slice', slice],
  ['StridedSlice', stridedSlice],
  ['Tile', tile],
  ['GatherV2', gather],
  ['ResizeBilinear', resizeBilinear],
  ['ResizeNearestNeighbor', resizeNearest],
]);

const controlFlow =
  /^(While|StatelessWhile|If|StatelessIf|Case|Enter|Exit|Merge|Switch|NextIteration|LoopCond|(Tensor(List|Array)).*|(Stateful)?PartitionedCall|.*(LSTM|GRU|RNN).*)$/;

/** Why an operation is not supported, and what to do. */
export function unsupported(op: string): string {
  return controlFlow.test(op)
    ? 'loops, branches and lists of tensors, as recurrent layers have them in a graph, are not supported: bring the Keras file itself, convert it to a TensorFlow.js layers model, or export the model as ONNX'
    : `it is not supported; supported are ${[...nodeBuilders.keys()].join(', ')}`;
}
