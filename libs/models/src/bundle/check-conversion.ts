import type { Engine } from '../engines/engine.js';
import { openOnnxRuntime } from '../engines/onnxruntime.js';
import { openTfjsWasm } from '../engines/tfjs-wasm.js';
import { unsupportedByTfjs } from '../engines/tfjs/unsupported-by-tfjs.js';
import { refusal } from '../errors.js';
import { evaluateOutputs } from '../evaluate/evaluate.js';
import type { Network } from '../network/graph.js';
import { writeOnnx } from '../onnx/write-network.js';
import { differencesOf, type Differences } from './differences.js';
import { firstDifference } from './first-difference.js';
import { wholeNumberInputs } from './probe.js';
import { predictProbe, requireSameAlone, type ServedProbe } from './served-probe.js';

/** How a conversion was checked. */
export interface ConversionCheck {
  /** What ONNX Runtime was compared with. */
  reference: string;
  /** Largest |difference| of an output. */
  largestDifference: number;
}

/** Several, so that a mixed-up batch shows. */
const probeRows = 4;
const evaluatorName = 'evaluator';

/**
 * Runs a network and the ONNX file made of it on the same probe input, all rows together and each alone. The reference
 * is TensorFlow.js, or, where that cannot compute the network or says otherwise, the plain evaluator.
 *
 * @param write what made the file
 * @throws ModelError if an output is not finite, depends on other rows, or is off the reference by more than 1e-5 +
 *   1e-5 |reference|; it names the first layer that the file computes wrongly
 */
export async function checkConversion(
  network: Network,
  onnx: Uint8Array,
  write: typeof writeOnnx = writeOnnx,
): Promise<ConversionCheck> {
  const probe = await withEngine(openServed(network, onnx), async (engine) => {
    const served = await predictProbe(engine, network, probeRows, wholeNumberInputs(network));
    const names = network.outputs.map(({ name }) => name);
    await requireSameAlone(engine, served, names, probeRows);
    return served;
  });
  const byTfjs = await compareWithTfjs(network, probe);
  if (byTfjs && !byTfjs.fault) return { reference: byTfjs.reference, largestDifference: byTfjs.largest };
  const { largest, fault } = differencesOf(probe.outputs, evaluateOutputs(network, probe.inputs, probeRows));
  if (!fault) return { reference: evaluatorName, largestDifference: largest };
  const output = network.outputs[fault.output]!.name;
  const values = `the output ${output} is ${fault.actual} where ${fault.expected} is right`;
  throw refusal(`the conversion to ONNX is wrong: ${await blame(network, write, probe)}; ${values}`);
}

/** Undefined if TensorFlow.js cannot compute the network. */
async function compareWithTfjs(
  network: Network,
  { inputs, outputs }: ServedProbe,
): Promise<(Differences & { reference: string }) | undefined> {
  if (unsupportedByTfjs(network) !== undefined) return undefined;
  return withEngine(openTfjsWasm(network), async (engine) => {
    const reference = await engine.predict(inputs, probeRows);
    return { reference: engine.name, ...differencesOf(outputs, reference) };
  });
}

async function blame(network: Network, write: typeof writeOnnx, { inputs }: ServedProbe): Promise<string> {
  const everyValue = write(network, { everyValue: true });
  const first = await withEngine(openServed(network, everyValue), (engine) =>
    firstDifference(network, engine, inputs, probeRows),
  );
  return first ?? 'each layer alone is right, but small errors grow from layer to layer';
}

function openServed(network: Network, onnx: Uint8Array): Promise<Engine> {
  return openOnnxRuntime(
    onnx,
    network.inputs.map(({ shape }) => shape),
  );
}

async function withEngine<T>(opening: Promise<Engine>, use: (engine: Engine) => Promise<T>): Promise<T> {
  const engine = await opening;
  try {
    return await use(engine);
  } finally {
    await engine.dispose();
  }
}
