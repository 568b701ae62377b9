import { describe, expect, it } from '@jest/globals';

import type { ImportedOnnx } from '../import/imported-model.js';
import { GraphBuilder } from '../onnx/graph-builder.js';
import { onnx } from '../onnx/onnx-proto.js';
import { checkOnnx } from './check-onnx.js';

/** A file of one input and one output, each of two values a row. */
function file(build: (graph: GraphBuilder) => string): ImportedOnnx {
  const graph = new GraphBuilder();
  const [input, output] = ['input', 'output'].map((name) => ({ name, shape: [2] }));
  graph.rename(build(graph), 'output');
  const bytes = graph.finish([input!], [output!]);
  return { format: 'onnx', layers: 1, onnx: bytes, inputs: [input!], outputs: [output!], rows: 'any' };
}

/** The same, for three rows and no other number. */
function ofThree(model: ImportedOnnx): ImportedOnnx {
  const proto = onnx.ModelProto.decode(model.onnx);
  for (const { type } of [...proto.graph!.input!, ...proto.graph!.output!])
    type!.tensorType!.shape!.dim![0] = { dimValue: 3 };
  return { ...model, onnx: onnx.ModelProto.encode(proto).finish(), rows: 3 };
}

const ordinary = file((graph) => graph.node('Tanh', ['input']));

describe('checkOnnx', () => {
  it('takes a file that gives each row what it gives the row alone', async () => {
    await expect(checkOnnx(ordinary)).resolves.toEqual({ reference: 'none', largestDifference: 0 });
  });

  it.each([
    [
      'whose rows depend on each other',
      file((graph) => graph.node('Softmax', ['input'], { axis: { int: 0 } })),
      'the output output of an input depends on the others in its group',
    ],
    [
      'whose values are not finite',
      file((graph) => graph.node('Log', [graph.node('Neg', [graph.node('Abs', ['input'])])])),
      'gives values that are not finite',
    ],
    [
      'whose output has not its declared shape',
      { ...ordinary, outputs: [{ name: 'output', shape: [3] }] },
      'the output output has 8 values where its shape has 12',
    ],
  ])('refuses a file %s', async (_, model, message) => {
    await expect(checkOnnx(model)).rejects.toThrow(message);
  });

  it('runs a file that always takes three inputs on three, and on one filled up', async () => {
    await expect(checkOnnx(ofThree(ordinary))).resolves.toEqual({ reference: 'none', largestDifference: 0 });
    const whole = file((graph) => graph.node('Softmax', ['input'], { axis: { int: 0 } }));
    await expect(checkOnnx(ofThree(whole))).rejects.toThrow('depends on the others in its group');
  });
});
