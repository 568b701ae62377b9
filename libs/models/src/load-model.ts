import type { BundleStore } from './bundle-store.js';
import { outputRules } from './card/output-rules.js';
import type { ModelRecord } from './catalog.js';
import type { EngineName } from './engine-names.js';
import type { Engine } from './engines/engine.js';
import { openEngine, type ServedNetwork } from './engines/open-engine.js';
import { refusal } from './errors.js';
import { importWeights } from './import/import-weights.js';
import { prepareInput } from './input/prepare-input.js';
import type { LoadedModel, Prediction, PreparedInput } from './loaded-model.js';
import type { Network } from './network/graph.js';
import { valueCount } from './network/tensor.js';
import { chosenOutput } from './output/chosen-output.js';
import { toRows } from './output/network-row.js';
import { toPrediction } from './prediction.js';
import { readStoredOnnx, readStoredWeights } from './stored-files.js';
import { predictWindows } from './windows/predict-windows.js';

/**
 * Loads a registered model, and has the network run once.
 *
 * @throws ModelError if a stored file is not what was registered, or the engine does not take it
 * @throws EngineUnavailableError if the engine cannot compute on this machine
 */
export async function loadModel(record: ModelRecord, store: BundleStore, engineName: EngineName): Promise<LoadedModel> {
  const engine = await openEngine(engineName, servedNetwork(record, store));
  return {
    record,
    engine: engine.name,
    prepare: (source) => prepareInput(source, record.card),
    predict: (inputs) => predictGroup(engine, record, inputs),
    predictWindows: (source) => predictWindows(engine, record, source),
    dispose: async () => {
      await engine.dispose();
      // Arrays that wait for a collection lie in the midst of what was freed: the next load would find no room there,
      // and 100 loads would leave up to 300 MiB. A few milliseconds, where the process is started with --expose-gc.
      globalThis.gc?.();
    },
  };
}

function servedNetwork(record: ModelRecord, store: BundleStore): ServedNetwork {
  return {
    inputShapes: record.network.inputs.map(({ shape }) => shape),
    onnx: () => readStoredOnnx(store, record),
    network: () => storedNetwork(record, store),
  };
}

async function storedNetwork(record: ModelRecord, store: BundleStore): Promise<Network> {
  const files = await readStoredWeights(store, record);
  const [input] = record.network.inputs;
  const imported = await importWeights(record.card, files, { inputShape: input!.shape });
  if (imported.format !== 'onnx') return imported.network;
  throw refusal(`${record.name} ${record.version} came as an ONNX file, which only ONNX Runtime serves`);
}

async function predictGroup(
  engine: Engine,
  { card, network }: ModelRecord,
  inputs: readonly PreparedInput[],
): Promise<Prediction[]> {
  const values = inputs.length === 1 ? inputs[0]!.tensor : joined(inputs, valueCount(network.inputs[0]!.shape));
  const { index, shape } = chosenOutput(card.output.from, network.outputs);
  const output = (await engine.predict([values], inputs.length))[index]!;
  const rules = outputRules(card);
  return toRows(values, output, inputs.length).map((row, i) => toPrediction(rules, row, shape, inputs[i]!.seconds));
}

function joined(inputs: readonly PreparedInput[], rowLength: number): Float32Array {
  const values = new Float32Array(inputs.length * rowLength);
  inputs.forEach(({ tensor }, row) => values.set(tensor, row * rowLength));
  return values;
}
