import { readFileSync } from 'node:fs';

import { beforeAll, describe, expect, it } from '@jest/globals';

import { fanCard, keywordCard, writeReferenceBundle, writeSmallBundle } from '../../../test/models/make-bundle.js';
import { MemoryStore } from '../../../test/models/memory-store.js';
import { hasReferenceData, referenceData } from '../../../test/reference-data.js';
import { withFolder } from '../../../test/with-folder.js';
import type { ModelRecord } from './catalog.js';
import type { EngineName } from './engine-names.js';
import { InputError, ModelError } from './errors.js';
import { loadModel } from './load-model.js';
import type { LoadedModel, Prediction } from './loaded-model.js';
import { registerBundle } from './register-bundle.js';

const engines: EngineName[] = ['onnxruntime', 'tfjs-wasm'];
const store = new MemoryStore();

async function withModel<T>(
  record: ModelRecord,
  engine: EngineName,
  use: (model: LoadedModel) => Promise<T>,
): Promise<T> {
  const model = await loadModel(record, store, engine);
  try {
    return await use(model);
  } finally {
    await model.dispose();
  }
}

/** A second of a tone as a WAV file of 16-bit mono at 8 kHz. */
function toneWav(amplitude: number): Uint8Array {
  const samples = Int16Array.from({ length: 8000 }, (_, i) => 32767 * amplitude * Math.sin(i / 3));
  const header = Buffer.alloc(44);
  header.write('RIFF\0\0\0\0WAVEfmt ', 'latin1');
  header.writeUInt32LE(36 + samples.byteLength, 4);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(8000, 24);
  header.writeUInt32LE(16_000, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(samples.byteLength, 40);
  return Buffer.concat([header, new Uint8Array(samples.buffer)]);
}

let small: ModelRecord;
beforeAll(async () => {
  ({ record: small } = await withFolder(async (folder) => {
    await writeSmallBundle(folder);
    return registerBundle(folder, store);
  }));
});

describe.each(engines)('a model in %s', (engine) => {
  it('prepares bytes and says how long each part took', async () => {
    await withModel(small, engine, async (model) => {
      const { tensor, seconds, decodeMs, featuresMs } = await model.prepare([toneWav(0.5)]);
      expect(tensor).toHaveLength(7 * 8);
      expect(seconds).toBeCloseTo(0.1);
      expect(Math.min(decodeMs, featuresMs)).toBeGreaterThan(0);
    });
  });

  it('predicts a group in order, each as it would be alone', async () => {
    await withModel(small, engine, async (model) => {
      const amplitudes = [0.001, 0.9, 0.03];
      const inputs = await Promise.all(amplitudes.map((amplitude) => model.prepare([toneWav(amplitude)])));
      const together = await model.predict(inputs);
      for (const [index, input] of inputs.entries()) {
        const [alone] = await model.predict([input]);
        expect(together[index]!.score).toBeCloseTo(alone!.score!, 5);
        expect(together[index]!.label).toBe(alone!.label);
      }
      expect(new Set(together.map(({ score }) => score)).size).toBe(3);
    });
  });

  it('refuses bytes that are no recording', async () => {
    await withModel(small, engine, async (model) => {
      await expect(model.prepare([new TextEncoder().encode('not a recording')])).rejects.toThrow(InputError);
      await expect(model.prepare([new Uint8Array(0)])).rejects.toThrow(InputError);
    });
  });

  it('refuses stored files that are not what was registered', async () => {
    const damaged = new MemoryStore();
    for (const [key, bytes] of store.objects) await damaged.put(key, Uint8Array.from(bytes).fill(1, 0, 2));
    await expect(loadModel(small, damaged, engine)).rejects.toThrow(ModelError);
    await expect(loadModel(small, damaged, engine)).rejects.toThrow('is not what was registered');
  });
});

(hasReferenceData ? describe : describe.skip)('the models of the reference data', () => {
  async function predictAll(card: { weights: string }, weights: string, engine: EngineName, recordings: string[]) {
    const { record } = await withFolder(async (folder) => {
      await writeReferenceBundle(folder, card, weights);
      return registerBundle(folder, store);
    });
    return withModel(record, engine, async (model) =>
      model.predict(await Promise.all(recordings.map((path) => model.prepare([readFileSync(referenceData(path))])))),
    );
  }

  it.each(engines)('hear a fan that is well and one that is imbalanced (%s)', async (engine) => {
    const recordings = ['fan/mimii_signalML/normal.wav', 'fan/mimii_signalML/pb1.wav'];
    const [normal, faulty] = (await predictAll(fanCard, 'fan_signalML/weightsMulti.hdf5', engine, recordings)) as [
      Prediction,
      Prediction,
    ];
    expect(normal).toMatchObject({ label: 'Component OK', anomaly: false });
    expect(normal.score).toBeGreaterThan(0.95);
    expect(faulty).toMatchObject({ label: 'Component is imbalanced', anomaly: true });
    expect(faulty.score).toBeGreaterThan(0.95);
    expect(faulty.segments).toEqual([{ start: 0, end: 10, label: faulty.label, score: faulty.score }]);
    expect(faulty.scores.map(({ label }) => label)).toEqual(fanCard.output.labels);
  });

  it.each(engines)('hear the word down (%s)', async (engine) => {
    const [word] = await predictAll(keywordCard, 'kws_musikalkemist/model.h5', engine, ['speech/gsc/down.wav']);
    expect(word).toMatchObject({ label: 'down' });
    expect(word!.score).toBeGreaterThan(0.99);
    expect(word).not.toHaveProperty('anomaly');
  });
});
