import { describe, expect, it } from '@jest/globals';
import onnxProto from 'onnx-proto';

import { madeValues } from '../../../../test/models/tfjs-model.js';
import type { Network, Value } from '../network/graph.js';
import { NetworkBuilder } from '../network/network-builder.js';
import type { BatchNormalization, Conv } from '../network/operations.js';
import { valueCount, type Tensor } from '../network/tensor.js';
import { writeOnnx } from './write-network.js';

function made(...shape: number[]): Tensor {
  return { shape, data: Float32Array.from(madeValues(valueCount(shape))) };
}

function conv(channelsIn: number, channelsOut: number): Conv {
  const kernel = made(3, 3, channelsIn, channelsOut);
  return {
    kind: 'conv',
    kernel,
    strides: [1, 1],
    dilations: [1, 1],
    groups: 1,
    margins: [
      [1, 1],
      [1, 1],
    ],
  };
}

function normalization(channels: number): BatchNormalization {
  const statistics = { mean: made(channels), variance: made(channels), scale: made(channels), offset: made(channels) };
  return { kind: 'batch-normalization', epsilon: 1e-3, ...statistics };
}

function network(build: (builder: NetworkBuilder, image: Value) => Value): Network {
  const builder = new NetworkBuilder();
  const output = build(builder, builder.input('image', [6, 5, 2]));
  return builder.finish(new Map([['scores', output]]));
}

function operators(onnx: Uint8Array): (string | null | undefined)[] {
  return onnxProto.onnx.ModelProto.decode(onnx).graph!.node!.map(({ opType }) => opType);
}

describe('writeOnnx', () => {
  it('moves the channels once on the way in and once on the way out', () => {
    const onnx = writeOnnx(
      network((builder, image) => {
        const first = builder.add('first', conv(2, 3), image);
        const second = builder.add('second', conv(3, 3), first);
        return builder.add('sum', { kind: 'arithmetic', operator: 'add' }, first, second);
      }),
    );
    expect(operators(onnx)).toEqual(['Transpose', 'Conv', 'Conv', 'Add', 'Transpose', 'Identity']);
  });

  it('moves nothing for a network with channels first, whose transpositions cancel', () => {
    const onnx = writeOnnx(
      network((builder, image) => {
        const last = builder.add('to-last', { kind: 'transpose', order: [1, 2, 0] }, image);
        const first = builder.add('conv', conv(6, 3), last);
        return builder.add('to-first', { kind: 'transpose', order: [2, 0, 1] }, first);
      }),
    );
    expect(operators(onnx)).toEqual(['Conv', 'Identity']);
  });

  it('makes a normalization part of the convolution before it', () => {
    const onnx = writeOnnx(
      network((builder, image) => builder.add('norm', normalization(3), builder.add('conv', conv(2, 3), image))),
    );
    expect(operators(onnx)).toEqual(['Transpose', 'Conv', 'Transpose', 'Identity']);
  });

  it('leaves a normalization whose convolution something else takes too', () => {
    const onnx = writeOnnx(
      network((builder, image) => {
        const convolved = builder.add('conv', conv(2, 3), image);
        const normalized = builder.add('norm', normalization(3), convolved);
        return builder.add('sum', { kind: 'arithmetic', operator: 'add' }, convolved, normalized);
      }),
    );
    expect(operators(onnx)).toContain('BatchNormalization');
  });

  it('gives every value by the name of its node when asked', () => {
    const onnx = writeOnnx(
      network((builder, image) => builder.add('norm', normalization(3), builder.add('conv', conv(2, 3), image))),
      { everyValue: true },
    );
    const { graph } = onnxProto.onnx.ModelProto.decode(onnx);
    expect(graph!.output!.map(({ name }) => name)).toEqual(['conv', 'norm']);
  });

  it('names an output apart from an input of the same name', () => {
    const builder = new NetworkBuilder();
    const image = builder.input('image', [6, 5, 2]);
    const { graph } = onnxProto.onnx.ModelProto.decode(writeOnnx(builder.finish(new Map([['image', image]]))));
    expect(graph!.output!.map(({ name }) => name)).toEqual(['image/output']);
  });

  it('writes equal networks as equal bytes', () => {
    const build = () => network((builder, image) => builder.add('conv', conv(2, 3), image));
    expect(writeOnnx(build())).toEqual(writeOnnx(build()));
  });
});
