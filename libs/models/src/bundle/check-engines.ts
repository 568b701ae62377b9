import type { Engine } from '../engines/engine.js';
import { openOnnxRuntime } from '../engines/onnxruntime.js';
import { openTfjsWasm } from '../engines/tfjs-wasm.js';
import { refusal } from '../errors.js';
import { valueCount } from '../network/layer-shapes.js';
import type { Network } from '../network/network.js';

/** How a conversion was checked. */
export interface EngineCheck {
  /** The engine that ONNX Runtime was compared with. */
  reference: string;
  /** Largest |difference| of an output. */
  largestDifference: number;
}

const probeRows = 4;
const tolerance = 1e-5;

/**
 * Runs a network and the ONNX file made of it on the same probe input.
 *
 * @throws ModelError if an output is not finite, or the two differ by more than 1e-5 + 1e-5 |reference|
 */
export async function checkEngines(network: Network, onnx: Uint8Array): Promise<EngineCheck> {
  const probe = probeInput(valueCount(network.inputShape));
  const served = await predictOnce(await openOnnxRuntime(onnx, [network.inputShape]), probe);
  const reference = await predictOnce(await openTfjsWasm(network), probe);
  return { reference: reference.engine, largestDifference: largestDifference(served.outputs, reference.outputs) };
}

async function predictOnce(engine: Engine, probe: Float32Array) {
  try {
    const [outputs] = await engine.predict([probe], probeRows);
    return { engine: engine.name, outputs: outputs! };
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
