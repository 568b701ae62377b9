import type { Engine } from '../engines/engine.js';
import { openOnnxRuntime } from '../engines/onnxruntime.js';
import { openTfjsWasm } from '../engines/tfjs-wasm.js';
import { unsupportedByTfjs } from '../engines/tfjs/unsupported-by-tfjs.js';
import { refusal } from '../errors.js';
import { evaluateOutputs } from '../evaluate/evaluate.js';
import type { Network } from '../network/graph.js';
import { writeOnnx } from '../onnx/write-network.js';
import { differencesOf } from './differences.js';
import { firstDifference } from './first-difference.js';
import { probesOf, wholeNumberInputs } from './probe.js';
import { predictProbe, requireSameAlone, type ServedProbe } from './served-probe.js';

/** How a conversion was checked. */
export interface ConversionCheck {
  /** What ONNX Runtime was compared with. */
  reference: string;
  /** Largest |difference| of an output. */
  largestDifference: number;
}

/** Opens TensorFlow.js, which computes from the network and not from the file. */
export type OpenReference = (network: Network) => Promise<Engine>;

export interface ConversionOptions {
  write?: typeof writeOnnx;
  /** Default: in this thread. */
  openReference?: OpenReference | undefined;
}

/** Several, so that a mixed-up batch shows. */
const probeRows = 4;
const evaluatorName = 'evaluator';

/**
 * Writes a network as ONNX, and runs both on the same probe input, all rows together and each alone. The reference is
 * TensorFlow.js, or, where that cannot compute the network or says otherwise, the plain evaluator.
 *
 * @throws ModelError if an output is not finite, depends on other rows, or is off the reference by more than 1e-5 +
 *   1e-5 |reference|; it names the first layer that the file computes wrongly
 */
export async function convertNetwork(
  network: Network,
  { write = writeOnnx, openReference = openTfjsWasm }: ConversionOptions = {},
): Promise<{ onnx: Uint8Array; check: ConversionCheck }> {
  const probes = probesOf(network.inputs, probeRows, wholeNumberInputs(network));
  const reference = startReference(network, probes[0]!, openReference);
  try {
    const onnx = write(network);
    const probe = await withEngine(openServed(network, onnx), async (engine) => {
      const served = await predictProbe(engine, network, probeRows, probes);
      const names = network.outputs.map(({ name }) => name);
      await requireSameAlone(engine, served, names, probeRows);
      return served;
    });
    return { onnx, check: await compare(network, probe, reference, write) };
  } finally {
    await reference?.dispose();
  }
}

async function compare(
  network: Network,
  probe: ServedProbe,
  reference: Reference | undefined,
  write: typeof writeOnnx,
): Promise<ConversionCheck> {
  const byTfjs = await reference?.predict(probe.inputs);
  if (byTfjs) {
    const { largest, fault } = differencesOf(probe.outputs, byTfjs.outputs);
    if (!fault) return { reference: byTfjs.name, largestDifference: largest };
  }
  const { largest, fault } = differencesOf(probe.outputs, evaluateOutputs(network, probe.inputs, probeRows));
  if (!fault) return { reference: evaluatorName, largestDifference: largest };
  const output = network.outputs[fault.output]!.name;
  const values = `the output ${output} is ${fault.actual} where ${fault.expected} is right`;
  throw refusal(`the conversion to ONNX is wrong: ${await blame(network, write, probe)}; ${values}`);
}

type Reference = NonNullable<ReturnType<typeof startReference>>;

/**
 * Computes the first probe ahead, at the same time as the file is written and run where the engine has a thread of its
 * own. Undefined if TensorFlow.js cannot compute the network.
 */
function startReference(network: Network, ahead: readonly Float32Array[], open: OpenReference) {
  if (unsupportedByTfjs(network) !== undefined) return undefined;
  const engine = open(network);
  const predicted = engine.then((opened) => opened.predict(ahead, probeRows));
  // Told where it is asked for.
  predicted.catch(() => undefined);
  return {
    predict: async (inputs: readonly Float32Array[]) => {
      const first = await predicted;
      const opened = await engine;
      return { name: opened.name, outputs: inputs === ahead ? first : await opened.predict(inputs, probeRows) };
    },
    dispose: () =>
      engine.then(
        (opened) => opened.dispose(),
        () => undefined,
      ),
  };
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
