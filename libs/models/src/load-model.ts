import type { BundleStore } from './bundle-store.js';
import type { ModelRecord } from './catalog.js';
import type { Engine } from './engines/engine.js';
import { openOnnxRuntime } from './engines/onnxruntime.js';
import { openTfjsWasm } from './engines/tfjs-wasm.js';
import { importWeights } from './import/import-weights.js';
import { prepareInput } from './input/prepare-input.js';
import type { LoadedModel, Prediction, PreparedInput } from './loaded-model.js';
import { valueCount } from './network/layer-shapes.js';
import { toPrediction } from './prediction.js';
import { readStoredOnnx, readStoredWeights } from './stored-files.js';
import { predictWindows } from './windows/predict-windows.js';

/** The engines that a model can be loaded into. `tfjs-wasm` is the slower, portable one. */
export type EngineName = 'onnxruntime' | 'tfjs-wasm';

/**
 * Loads a registered model.
 *
 * @throws ModelError if a stored file is not what was registered, or the engine does not take it
 */
export async function loadModel(record: ModelRecord, store: BundleStore, engineName: EngineName): Promise<LoadedModel> {
  const engine = await openEngine(record, store, engineName);
  return {
    record,
    engine: engine.name,
    prepare: (source) => prepareInput(source, record.card),
    predict: (inputs) => predictGroup(engine, record, inputs),
    predictWindows: (source) => predictWindows(engine, record, source),
    dispose: () => engine.dispose(),
  };
}

async function openEngine(record: ModelRecord, store: BundleStore, name: EngineName): Promise<Engine> {
  switch (name) {
    case 'onnxruntime':
      return openOnnxRuntime(await readStoredOnnx(store, record), record.network.inputs.map(({ shape }) => shape));
    case 'tfjs-wasm':
      return openTfjsWasm(await importWeights(record.card.weights, await readStoredWeights(store, record)));
  }
}

async function predictGroup(
  engine: Engine,
  { card, network }: ModelRecord,
  inputs: readonly PreparedInput[],
): Promise<Prediction[]> {
  const rowLength = valueCount(network.inputs[0]!.shape);
  const values = new Float32Array(inputs.length * rowLength);
  inputs.forEach(({ tensor }, row) => values.set(tensor, row * rowLength));
  const [outputs] = await engine.predict([values], inputs.length);
  const { length: labels } = card.output.labels;
  return inputs.map(({ seconds }, row) => toPrediction(card, outputs!.slice(row * labels, (row + 1) * labels), seconds));
}
