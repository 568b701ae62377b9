import { describe, expect, it } from '@jest/globals';

import type { ImportedOnnx } from '../import/imported-model.js';
import { GraphBuilder } from '../onnx/graph-builder.js';
import { checkOnnx } from './check-onnx.js';

/** A file of one input and one output, each of two values a row. */
function file(build: (graph: GraphBuilder) => string): ImportedOnnx {
  const graph = new GraphBuilder();
  const [input, output] = ['input', 'output'].map((name) => ({ name, shape: [2] }));
  graph.rename(build(graph), 'output');
  const onnx = graph.finish([input!], [output!]);
  return { format: 'onnx', layers: 1, onnx, inputs: [input!], outputs: [output!], rows: 'any' };
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

  it('runs a file of a fixed number of inputs on as many', async () => {
    const whole = file((graph) => graph.node('Softmax', ['input'], { axis: { int: 0 } }));
    await expect(checkOnnx({ ...whole, rows: 3 })).resolves.toEqual({ reference: 'none', largestDifference: 0 });
  });
});
