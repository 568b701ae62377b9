import type { Engine } from '../engines/engine.js';
import { openOnnxRuntime } from '../engines/onnxruntime.js';
import { refusal } from '../errors.js';
import { evaluateOutputs } from '../evaluate/evaluate.js';
import type { ImportedOnnx } from '../import/imported-model.js';
import type { Network } from '../network/graph.js';
import { valueCount } from '../network/tensor.js';

/** How a conversion was checked. */
export interface EngineCheck {
  reference: string;
  /** Largest |difference| of an output. */
  largestDifference: number;
}

const probeRows = 4;
const tolerance = 1e-5;

export async function checkConversion(network: Network, onnx: Uint8Array): Promise<EngineCheck> {
  const probe = network.inputs.map(({ shape }) => probeInput(valueCount(shape)));
  const engine = await openOnnxRuntime(
    onnx,
    network.inputs.map(({ shape }) => shape),
  );
  const served = await predictOnce(engine, probe);
  const reference = evaluateOutputs(network, probe, probeRows);
  const largest = Math.max(...reference.map((values, i) => largestDifference(served[i]!, values)));
  return { reference: 'evaluator', largestDifference: largest };
}

export function checkOnnx(_: ImportedOnnx): Promise<EngineCheck> {
  return Promise.resolve({ reference: 'none', largestDifference: 0 });
}

async function predictOnce(engine: Engine, probe: Float32Array[]) {
  try {
    return await engine.predict(probe, probeRows);
  } finally {
    await engine.dispose();
  }
}

function largestDifference(served: Float32Array, reference: Float32Array): number {
  if (served.length !== reference.length)
    throw refusal(`the engines disagree: one gives ${served.length} values, the other ${reference.length}`);
  let largest = 0;
  reference.forEach((value, index) => {
    const difference = Math.abs(served[index]! - value);
    if (!Number.isFinite(difference)) throw refusal('the network gives values that are not finite');
    if (difference > tolerance + tolerance * Math.abs(value))
      throw refusal(`the engines disagree: ${served[index]} and ${value} for output ${index} of the probe input`);
    largest = Math.max(largest, difference);
  });
  return largest;
}

/** Pseudo-random values in [-1, 1), the same on every machine; several rows, so that a mixed-up batch shows. */
function probeInput(rowLength: number): Float32Array {
  let state = 1;
  return Float32Array.from({ length: probeRows * rowLength }, () => {
    // Numerical Recipes' linear congruential generator.
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  });
}
