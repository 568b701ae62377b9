/**
 * Tries model files one after the other as they are sent, with the compiled code: imports, converts and checks them as
 * registration does, or registers them as a bundle. Replies what became of each. A process of its own, as a file may end it.
 */
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkOnnx } from '../../dist/libs/models/src/bundle/check-onnx.js';
import { convertNetwork } from '../../dist/libs/models/src/bundle/convert-network.js';
import { importWeights } from '../../dist/libs/models/src/import/import-weights.js';
import { registerBundle } from '../../dist/libs/models/src/index.js';

async function convert(names, files) {
  const model = await importWeights(names, files);
  if (model.format === 'onnx') await checkOnnx(model);
  else await convertNetwork(model.network);
}

/** Throws, too, if a refused bundle leaves something behind, or a registered one nothing. */
async function register(files) {
  const folder = await mkdtemp(join(tmpdir(), 'earshot-hostile-'));
  const objects = new Map();
  const store = {
    put: async (key, body) => void objects.set(key, body),
    create: async (key, body) => !objects.has(key) && Boolean(objects.set(key, body)),
    delete: async (key) => void objects.delete(key),
    get: async (key) => {
      if (objects.has(key)) return objects.get(key);
      throw Object.assign(new Error(`there is no object ${key}`), { name: 'ObjectMissingError' });
    },
    list: async function* (prefix) {
      for (const key of objects.keys()) if (key.startsWith(prefix)) yield { key };
    },
  };
  try {
    for (const [name, bytes] of files) await writeFile(join(folder, name), bytes);
    await registerBundle(folder, store);
    if (objects.size === 0) throw new Error('the bundle is registered, and nothing is stored');
  } catch (error) {
    if (objects.size > 0) throw new Error(`refused, and left ${[...objects.keys()].join(', ')}`, { cause: error });
    throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function outcomeOf({ names, files, bundle }) {
  try {
    await (bundle ? register(files) : convert(names, files));
    return { outcome: 'valid' };
  } catch (error) {
    if (error.name === 'ModelError') return { outcome: 'refused', message: error.message };
    return { outcome: 'broken', message: String(error.stack) };
  }
}

/** Linux's own figure: that of getrusage begins with what the parent had. */
function peakBytes() {
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) * 1024;
}

process.on('message', (trial) => {
  void outcomeOf(trial).then((reply) => process.send({ ...reply, peakBytes: peakBytes() }));
});
process.on('disconnect', () => process.exit());
process.send('ready');
