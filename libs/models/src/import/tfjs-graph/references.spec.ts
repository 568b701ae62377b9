import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

import { describe, expect, it } from '@jest/globals';

import { openOnnxRuntime } from '../../engines/onnxruntime.js';
import { evaluateOutputs } from '../../evaluate/evaluate.js';
import type { Network } from '../../network/graph.js';
import { writeOnnx } from '../../onnx/write-network.js';
import { importTfjsGraph } from './import-tfjs-graph.js';

interface Packed {
  shape: number[];
  data_b64: string;
}

interface Reference {
  model: object;
  weights: string;
  inputs: Packed[];
  outputs: Packed[];
}

const folder = new URL('../../../../../test/models/tfjs-graph/', import.meta.url);

function readReference(name: string): Reference {
  return JSON.parse(gunzipSync(readFileSync(new URL(`${name}.json.gz`, folder))).toString()) as Reference;
}

function toFloats({ data_b64: base64 }: Packed): Float32Array {
  return new Float32Array(Uint8Array.from(Buffer.from(base64, 'base64')).buffer);
}

async function inOnnxRuntime(network: Network, inputs: readonly Float32Array[], rows: number) {
  const shapes = network.inputs.map(({ shape }) => shape);
  const engine = await openOnnxRuntime(writeOnnx(network), shapes);
  try {
    return await engine.predict(inputs, rows);
  } finally {
    await engine.dispose();
  }
}

function largestDifference(given: readonly Float32Array[], expected: readonly Float32Array[]): number {
  expect(given.map(({ length }) => length)).toEqual(expected.map(({ length }) => length));
  const differences = expected.map((values, output) =>
    values.map((value, index) => Math.abs(given[output]![index]! - value) / (1 + Math.abs(value))),
  );
  return Math.max(...differences.flatMap((values) => [...values]));
}

// What TensorFlow computed with them is recorded beside them.
describe.each(['images', 'fused', 'sequences', 'operations', 'words'])('the graph model %s', (name) => {
  const { model, weights, inputs, outputs } = readReference(name);
  const shards = new Map([[`${name}.bin`, Buffer.from(weights, 'base64')]]);
  const { network } = importTfjsGraph(Buffer.from(JSON.stringify(model)), shards);
  const rows = inputs[0]!.shape[0]!;

  it('gives what TensorFlow gives, in both engines', async () => {
    const [given, expected] = [inputs.map(toFloats), outputs.map(toFloats)];
    expect(network.outputs.map(({ shape }) => [rows, ...shape])).toEqual(outputs.map(({ shape }) => shape));
    expect(largestDifference(evaluateOutputs(network, given, rows), expected)).toBeLessThan(1e-5);
    expect(largestDifference(await inOnnxRuntime(network, given, rows), expected)).toBeLessThan(1e-5);
  });
});
