import { describe, expect, it } from '@jest/globals';

import { evaluateOutputs } from '../../../evaluate/evaluate.js';
import { buildNetwork, readTopology } from '../import-model.js';

interface Layer {
  class_name: string;
  config: { name: string } & Record<string, unknown>;
  inbound_nodes: unknown[];
  module?: string;
}

/** A network of one input of 2 x 3 values, `x`, and of what `layers` make of it, the last of which gives its output. */
function networkOf(layers: readonly Layer[]) {
  const input = { class_name: 'InputLayer', config: { name: 'x', batch_input_shape: [null, 2, 3] }, inbound_nodes: [] };
  const config = {
    layers: [input, ...layers],
    input_layers: [['x', 0, 0]],
    output_layers: [[layers.at(-1)!.config.name, 0, 0]],
  };
  return buildNetwork(
    readTopology({ class_name: 'Functional', config }, { keras: 2, backend: 'other', pixels: 'half-pixel' }),
    new Map(),
    {},
  );
}

/** As tf.keras writes a function of TensorFlow. */
function lambda(name: string, operation: string, ...nodes: unknown[]): Layer {
  const config = { name, trainable: true, dtype: 'float32', function: operation };
  return { class_name: operation.endsWith('getitem') ? 'SlicingOpLambda' : 'TFOpLambda', config, inbound_nodes: nodes };
}

const tensor = (name: string) => ({ class_name: '__keras_tensor__', config: { keras_history: [name, 0, 0] } });

/** As Keras 3 writes an operation. */
function operation(name: string, className: string, ...args: unknown[]): Layer {
  return {
    class_name: className,
    module: 'keras.src.ops.numpy',
    config: { name },
    inbound_nodes: [{ args, kwargs: {} }],
  };
}

const given = Float32Array.of(-4, -2, 0, 1, 2, 4);

function valuesOf(...layers: Layer[]): number[] {
  return [...evaluateOutputs(networkOf(layers), [given], 1)[0]!];
}

describe('a function of TensorFlow in tf.keras', () => {
  it('is applied to values and constants', () => {
    const gate = lambda('gate', '__operators__.add', ['x', 0, 0, { y: 3, name: null }]);
    const rectified = lambda('rectified', 'nn.relu6', ['gate', 0, 0, { name: null }]);
    const sixth = lambda('sixth', 'math.multiply', ['rectified', 0, 0, { y: 0.125, name: null }]);
    const product = lambda('product', 'math.multiply', ['x', 0, 0, { y: ['sixth', 0, 0], name: null }]);
    expect(valuesOf(gate, rectified, sixth, product)).toEqual([0, -0.25, 0, 0.5, 1.25, 3]);
  });

  it('takes a constant before a value, and constants along the last axis', () => {
    const difference = lambda('difference', 'math.subtract', [
      '_CONSTANT_VALUE',
      -1,
      1,
      { y: ['x', 0, 0], name: null },
    ]);
    const scaled = lambda('scaled', 'math.truediv', ['difference', 0, 0, { y: [1, 2, 4], name: null }]);
    expect(valuesOf(difference, scaled)).toEqual([5, 1.5, 0.25, 0, -0.5, -0.75]);
  });

  it('joins, reduces and takes parts of values', () => {
    const joined = lambda('joined', 'concat', [
      ['x', 0, 0, { axis: 1 }],
      ['x', 0, 0, { axis: 1 }],
    ]);
    const mean = lambda('mean', 'math.reduce_mean', ['joined', 0, 0, { axis: 1, keepdims: true }]);
    const specs = [{ start: null, stop: null, step: null }, 0, { start: 1, stop: null, step: null }];
    const part = lambda('part', '__operators__.getitem', ['mean', 0, 0, { slice_spec: specs }]);
    expect(valuesOf(joined, mean, part)).toEqual([0, 2]);
  });

  it.each([
    [lambda('f', 'linalg.matmul', ['x', 0, 0, { b: ['x', 0, 0] }]), 'function = "linalg.matmul" is not supported'],
    [lambda('f', 'math.add', ['x', 0, 0, {}]), 'operands'],
    [lambda('f', 'math.reduce_sum', ['x', 0, 0, { axis: null }]), 'axis = undefined is not supported'],
    [lambda('f', 'math.reduce_sum', ['x', 0, 0, { axis: 0 }]), 'axis = 0 is not supported'],
    [lambda('f', 'reshape', ['x', 0, 0, { shape: [3, 2] }]), 'newshape'],
    [lambda('f', 'nn.relu', ['x', 0, 0, {}], ['x', 0, 0, { name: 'g' }], ['x', 0, 0, { y: 1 }]), 'in several ways'],
    [
      lambda('f', '__operators__.getitem', ['x', 0, 0, { slice_spec: [{ start: 0, stop: 1, step: null }] }]),
      'it takes a part of the batch',
    ],
  ])('is refused where it would be another: %#', (layer, message) => {
    expect(() => networkOf([layer])).toThrow(message);
  });
});

describe('an operation of Keras 3', () => {
  it('is told apart from the layer of its name', () => {
    expect(valuesOf(operation('add', 'Add', tensor('x'), 1))).toEqual([-3, -1, 1, 2, 3, 5]);
  });

  it.each([
    [operation('f', 'Matmul', tensor('x'), tensor('x')), 'is of class ops.Matmul, which is not supported'],
    [operation('f', 'Average', tensor('x')), 'is of class ops.Average, which is not supported'],
    [operation('f', 'Add', tensor('x'), [[1], [2]]), 'operands'],
    [operation('f', 'GetItem', tensor('x'), 0), 'operands'],
  ])('is refused where it is not supported: %#', (layer, message) => {
    expect(() => networkOf([layer])).toThrow(message);
  });
});
