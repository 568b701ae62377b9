/**
 * Loads a model, predicts with it and disposes of it, again and again, and prints as JSON how much memory that leaves.
 *
 * node --expose-gc reload.process.mjs <bundle folder> <store folder> <engine> <cycles>
 */
import { openStore } from '../../dist/libs/jobs/src/index.js';
import { loadModel, registerBundle } from '../../dist/libs/models/src/index.js';

const [bundle, folder, engine, cycles] = process.argv.slice(2);
/** The first few fill what is kept on purpose: code, arenas of the allocator. */
const settled = 5;

const store = await openStore({ address: { kind: 'folder', path: folder } });
const { record } = await registerBundle(bundle, store);
const length = record.network.inputs[0].shape.reduce((product, size) => product * size, 1);
const input = { tensor: new Float32Array(length).fill(0.1), seconds: 1, decodeMs: 0, featuresMs: 0 };

function residentMiB() {
  globalThis.gc();
  return process.memoryUsage().rss / 2 ** 20;
}

let beforeMiB = 0;
for (let cycle = 0; cycle < settled + Number(cycles); cycle++) {
  if (cycle === settled) beforeMiB = residentMiB();
  const model = await loadModel(record, store, engine);
  await model.predict([input]);
  await model.dispose();
}
const grownMiB = Math.round(10 * (residentMiB() - beforeMiB)) / 10;
console.log(JSON.stringify({ engine, cycles: Number(cycles), beforeMiB: Math.round(beforeMiB), grownMiB }));
