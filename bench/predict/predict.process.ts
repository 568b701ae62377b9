import { loadModel, registerBundle, type LoadedModel, type PreparedInput } from '#models';
import { MemoryStore } from '../../test/models/memory-store.js';
import { measureMs, median } from '../timing.js';
import { openAlone, type EngineAlone } from './engine-alone.js';
import type { PredictFigures, PredictTask } from './messages.js';

/** Measures one model in one engine and ends: TensorFlow.js installs handlers for the whole of its process. */
process.on('disconnect', () => process.exit());
process.once('message', (task: PredictTask) => void measure(task).then((figures) => process.send?.(figures)));

async function measure({ engine, bundle, recording, groups, runs }: PredictTask): Promise<PredictFigures> {
  const store = new MemoryStore();
  const { record } = await registerBundle(bundle, store);
  const model = await loadModel(record, store, engine);
  const input = await model.prepare([recording]);
  const alone =
    engine === 'onnxruntime'
      ? await openAlone(await store.get(record.files.onnx.key), record.network.inputs[0]?.shape ?? [])
      : undefined;
  const callMs: number[] = [];
  const addedMs: number[] = [];
  for (const size of groups) {
    const group = Array.from({ length: size }, () => input);
    callMs.push(median(await measureMs(() => model.predict(group), { runs })));
    if (alone) addedMs.push(await measureAdded(model, alone, group, runs));
  }
  await alone?.release();
  await model.dispose();
  return { model: `${record.name}@${record.version}`, engine: model.engine, callMs, addedMs };
}

/** The median of how much longer a prediction takes than the engine's call beside it: what slows one slows both. */
async function measureAdded(model: LoadedModel, alone: EngineAlone, group: PreparedInput[], runs: number) {
  const values = Float32Array.from(group.flatMap(({ tensor }) => [...tensor]));
  const aloneMs: number[] = [];
  const pairs = await measureMs(
    async () => {
      const start = performance.now();
      await alone.run(values, group.length);
      aloneMs.push(performance.now() - start);
      await model.predict(group);
    },
    { runs },
  );
  return median(pairs.map((ms, i) => ms - 2 * (aloneMs.at(i - pairs.length) ?? NaN)));
}
