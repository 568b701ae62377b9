import { loadModel, registerBundle } from '#models';
import { MemoryStore } from '../../test/models/memory-store.js';
import { measureMs, median } from '../timing.js';
import type { PredictFigures, PredictTask } from './messages.js';

/** Measures one model in one engine and ends: TensorFlow.js installs handlers for the whole of its process. */
process.on('disconnect', () => process.exit());
process.once('message', (task: PredictTask) => void measure(task).then((figures) => process.send?.(figures)));

async function measure({ engine, bundle, recording, groups, runs }: PredictTask): Promise<PredictFigures> {
  const store = new MemoryStore();
  const { record } = await registerBundle(bundle, store);
  const model = await loadModel(record, store, engine);
  const input = await model.prepare([recording]);
  const callMs: number[] = [];
  for (const size of groups) {
    const group = Array.from({ length: size }, () => input);
    callMs.push(median(await measureMs(() => model.predict(group), { runs })));
  }
  await model.dispose();
  return { model: `${record.name}@${record.version}`, engine: model.engine, callMs };
}
