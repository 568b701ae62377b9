import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { kerasRows, networkOf, readKerasCases } from '../../test-support/operations/keras-cases.js';
import { NetworkBuilder } from '../network/network-builder.js';
import type { Activation, Conv, ConvTranspose, Operation } from '../network/operations.js';
import { valueCount, type Tensor } from '../network/tensor.js';
import { erf } from './erf.js';
import { evaluate, evaluateOutputs } from './evaluate.js';

function made(shape: readonly number[], seed = 1): Tensor {
  return { shape, data: Float32Array.from({ length: valueCount(shape) }, (_, i) => Math.sin(i * 12.9898 + seed)) };
}

function evaluateOne(operation: Operation, input: Tensor, rows = 1): Float32Array {
  return evaluateOutputs(networkOf(operation, input.shape), [input.data], rows)[0]!;
}

function dot(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0);
}

const convCase = fc.record({
  window: fc.integer({ min: 1, max: 3 }),
  stride: fc.integer({ min: 1, max: 3 }),
  dilation: fc.integer({ min: 1, max: 2 }),
  before: fc.integer({ min: 0, max: 2 }),
  after: fc.integer({ min: 0, max: 2 }),
  length: fc.integer({ min: 5, max: 9 }),
  each: fc.integer({ min: 1, max: 5 }),
  groups: fc.integer({ min: 1, max: 3 }),
});

describe('a convolution', () => {
  it('is the sum of products of the shifted input', () => {
    fc.assert(
      fc.property(convCase, ({ window, stride, dilation, before, after, length, each, groups }) => {
        const [channelsIn, channelsOut] = [each * groups, 2 * groups];
        const [x, kernel] = [made([length, channelsIn]), made([window, each, channelsOut], 2)];
        const margins = [[before, after]] as const;
        const operation: Conv = { kind: 'conv', kernel, strides: [stride], dilations: [dilation], groups, margins };
        const actual = evaluateOne(operation, x);
        actual.forEach((value, index) => {
          const [step, out] = [Math.floor(index / channelsOut), index % channelsOut];
          let expected = 0;
          for (let k = 0; k < window; k++)
            for (let c = 0; c < each; c++) {
              const position = step * stride + k * dilation - before;
              const channel = Math.floor(out / 2) * each + c;
              if (position >= 0 && position < length)
                expected += x.data[position * channelsIn + channel]! * kernel.data[(k * each + c) * channelsOut + out]!;
            }
          expect(value).toBeCloseTo(expected, 5);
        });
      }),
      { seed: 1 },
    );
  });

  it('and its transpose are adjoint', () => {
    fc.assert(
      fc.property(convCase, ({ window, stride, dilation, before, after, length, each }) => {
        const kernel = made([window, 2, each, 3], 2);
        const shape = [length, 6, each];
        const place = { kernel, strides: [stride, 1], dilations: [dilation, 1] };
        const margins = [
          [before, after],
          [1, 0],
        ] as const;
        const conv: Conv = { kind: 'conv', groups: 1, margins, ...place };
        const [count] = networkOf(conv, shape).outputs[0]!.shape;
        const full = (count! - 1) * stride + (window - 1) * dilation + 1;
        const crop = [
          [before, full - before - length],
          [1, 0],
        ] as const;
        const back: ConvTranspose = { kind: 'conv-transpose', crop, ...place };
        const [x, y] = [made(shape, 3), made([count!, 6, 3], 4)];
        expect(dot(evaluateOne(conv, x), y.data)).toBeCloseTo(dot(x.data, evaluateOne(back, y)), 4);
      }),
      { seed: 2 },
    );
  });
});

it.each(readKerasCases())('$name gives each row of a group what it gives the row alone', (kerasCase) => {
  const { operation, inputs, output } = kerasCase;
  const network = networkOf(operation, ...inputs.map(({ shape }) => shape));
  const rowsOf = ({ shape, data }: Tensor, row: number) =>
    data.slice(row * valueCount(shape), (row + 1) * valueCount(shape));
  const together = evaluateOutputs(
    network,
    inputs.map(({ data }) => data),
    kerasRows,
  )[0]!;
  for (let row = 0; row < kerasRows; row++) {
    const [alone] = evaluateOutputs(
      network,
      inputs.map((input) => rowsOf(input, row)),
      1,
    );
    expect(rowsOf({ shape: output.shape, data: together }, row)).toEqual(alone);
  }
});

describe('activations', () => {
  const at = (activation: Activation, ...x: number[]) => [
    ...evaluateOne({ kind: 'activate', ...activation }, { shape: [x.length], data: Float32Array.from(x) }),
  ];

  it('hold at their thresholds', () => {
    expect(at({ function: 'thresholded-relu', theta: 1 }, 0.5, 1, 1.5)).toEqual([0, 0, 1.5]);
    const relu = { function: 'relu', slope: 0.5, threshold: 1, most: 3 } as const;
    expect(at(relu, 0, 0.5, 1, 2, 3, 4)).toEqual([-0.5, -0.25, 1, 2, 3, 3]);
    expect(at({ function: 'relu', slope: 0, threshold: 0, most: Infinity }, -1, 0, 1e30)).toEqual([
      -0,
      0,
      Math.fround(1e30),
    ]);
  });

  it('stay finite far out', () => {
    for (const name of ['sigmoid', 'tanh', 'softplus', 'softsign', 'swish', 'mish', 'selu'] as const)
      expect(at({ function: name }, -1000, 1000).every(Number.isFinite)).toBe(true);
  });

  it('have an error function of 15 digits', () => {
    // Abramowitz and Stegun, table 7.1, and NIST's for 3.
    expect(erf(0)).toBe(0);
    expect(erf(0.5)).toBeCloseTo(0.5204998778130465, 14);
    expect(erf(-1)).toBeCloseTo(-0.8427007929497149, 14);
    expect(erf(3)).toBeCloseTo(0.9999779095030014, 14);
    expect(erf(5.9)).toBeCloseTo(1, 14);
    expect(erf(7)).toBe(1);
  });
});

it('softmax adds up to 1, however large its values', () => {
  const output = evaluateOne(
    { kind: 'softmax', axis: 0, logarithm: false },
    { shape: [3], data: Float32Array.of(900, 901, -900) },
  );
  expect(output[0]! + output[1]! + output[2]!).toBeCloseTo(1, 6);
});

describe('rows', () => {
  it('are regrouped by a reshape, so that a layer is applied to each step', () => {
    const builder = new NetworkBuilder();
    const x = builder.input('x', [3, 2]);
    const steps = builder.add('steps', { kind: 'reshape', shape: [2] }, x);
    const summed = builder.add('sum', { kind: 'reduce', reduce: 'sum', axes: [0], keepAxes: true }, steps);
    const network = builder.finish(new Map([['y', builder.add('back', { kind: 'reshape', shape: [3] }, summed)]]));
    const values = Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
    expect(evaluate(network, [values], 2).get('sum')).toEqual(Float32Array.of(3, 7, 11, 15, 19, 23));
    expect(evaluateOutputs(network, [values], 2)).toEqual([Float32Array.of(3, 7, 11, 15, 19, 23)]);
  });

  it('that were regrouped do not fit those that were not', () => {
    const builder = new NetworkBuilder();
    const x = builder.input('x', [2, 2]);
    const steps = builder.add('steps', { kind: 'reshape', shape: [2] }, x);
    const sum = builder.add('sum', { kind: 'arithmetic', operator: 'add' }, x, steps);
    const network = builder.finish(new Map([['y', sum]]));
    expect(() => evaluateOutputs(network, [new Float32Array(8)], 2)).toThrow('values of 2 and 4 rows');
  });

  it('meet constants, which have none', () => {
    const builder = new NetworkBuilder();
    const x = builder.input('x', [2]);
    const value = { shape: [2], data: Float32Array.of(10, 20) };
    const constant = builder.add('constant', { kind: 'constant', value });
    const outputs = {
      less: builder.add('less', { kind: 'arithmetic', operator: 'subtract' }, constant, x),
      joined: builder.add('joined', { kind: 'concatenate', axis: 0 }, x, constant),
      constant,
      x,
    };
    const network = builder.finish(new Map(Object.entries(outputs)));
    const given = evaluateOutputs(network, [Float32Array.of(1, 2, 3, 4)], 2).map((output) => [...output]);
    expect(given).toEqual([
      [9, 18, 7, 16],
      [1, 2, 10, 20, 3, 4, 10, 20],
      [10, 20, 10, 20],
      [1, 2, 3, 4],
    ]);
  });
});

it('an embedding has no row for a number outside its table', () => {
  const operation: Operation = { kind: 'embedding', table: made([3, 2]) };
  for (const number of [-1, 3, 0.5, NaN])
    expect(() => evaluateOne(operation, { shape: [1], data: Float32Array.of(number) })).toThrow(
      'is no row of a table of 3',
    );
});
