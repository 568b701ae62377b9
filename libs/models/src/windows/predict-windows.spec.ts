import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { smallCard, writeSmallBundle } from '../../../../test/models/make-bundle.js';
import { MemoryStore } from '../../../../test/models/memory-store.js';
import { newRecording } from '../../../../test/recordings.js';
import { withFolder } from '../../../../test/with-folder.js';
import { InputError } from '../errors.js';
import type { EngineName } from '../engine-names.js';
import { loadModel } from '../load-model.js';
import type { LoadedModel, Prediction } from '../loaded-model.js';
import { registerBundle } from '../register-bundle.js';

const bytesPerSample = 2;
const headerBytes = 44;

/** Noise that is loud for a second and quiet for the next, and so on; 8 kHz. */
function changingRecording(seconds: number): Buffer {
  const recording = newRecording({ seconds });
  for (let at = headerBytes; at < recording.length; at += bytesPerSample) {
    const second = Math.floor((at - headerBytes) / bytesPerSample / 8000);
    if (second % 2 === 1) recording.writeInt16LE(Math.trunc(recording.readInt16LE(at) / 1000), at);
  }
  return recording;
}

/** A part of a recording as one of its own. */
function cut(recording: Buffer, startSample: number, samples: number): Buffer {
  const part = recording.subarray(headerBytes + bytesPerSample * startSample).subarray(0, bytesPerSample * samples);
  const header = Buffer.from(recording.subarray(0, headerBytes));
  header.writeUInt32LE(part.length, 40);
  return Buffer.concat([header, part]);
}

async function load(engine: EngineName, changes: object): Promise<LoadedModel> {
  const store = new MemoryStore();
  const { record } = await withFolder(async (folder) => {
    await writeSmallBundle(folder, { ...smallCard, ...changes });
    return registerBundle(folder, store);
  });
  return loadModel(record, store, engine);
}

const input = { ...smallCard.input, seconds: undefined, short: undefined, window: { seconds: 0.1, hop: 0.075 } };

describe.each<EngineName>(['onnxruntime', 'tfjs-wasm'])('a recording heard in windows by %s', (engine) => {
  let whole: LoadedModel;
  const windowed: LoadedModel[] = [];
  beforeAll(async () => {
    whole = await load(engine, {});
    for (const groupLimit of [1, 7])
      for (const scores of ['mean', 'max'])
        windowed.push(await load(engine, { input, groupLimit, output: { ...smallCard.output, segments: { scores } } }));
  });
  afterAll(async () => {
    for (const model of [whole, ...windowed]) await model.dispose();
  });

  it('gets of each window what it gets of the same samples as a recording', async () => {
    const recording = changingRecording(3);
    const alone: Prediction[] = [];
    for (let start = 0; start < 24_000 - 200; start += 600)
      alone.push(...(await whole.predict([await whole.prepare([cut(recording, start, 800)])])));
    for (const model of windowed) {
      const { prediction } = await model.predictWindows([recording]);
      const loud = alone.map(({ scores }) => scores[1]!.score);
      const expected =
        model.record.card.output.segments?.scores === 'max'
          ? Math.max(...loud)
          : loud.reduce((sum, score) => sum + score, 0) / alone.length;
      expect(prediction.scores[1]!.score).toBeCloseTo(expected, 5);
      const labelAt = (time: number) =>
        prediction.segments.find(({ start, end }) => start <= time && time < end)?.label;
      alone.forEach(({ label }, window) => expect(labelAt(window * 0.075 + 0.05)).toBe(label));
      expect(prediction.segments.length).toBeGreaterThan(1);
      expect(prediction.segments.at(-1)!.end).toBe(3);
    }
  });

  it('is an anomaly when a segment is, and says how long each part took', async () => {
    const { prediction, ...timings } = await windowed[0]!.predictWindows([changingRecording(2)]);
    const isLoud = prediction.segments.some(({ label }) => label === 'loud');
    expect(prediction.anomaly).toBe(isLoud);
    for (const ms of Object.values(timings)) expect(ms).toBeGreaterThan(0);
  });

  it('may be silent in parts where the card trims silence off, and not as a whole', async () => {
    const trim = { reference: 1, topDb: 40, frameLength: 256, hop: 64 };
    const model = await load(engine, { input, samples: { trim } });
    const recording = changingRecording(3);
    try {
      const { prediction } = await model.predictWindows([recording]);
      const isHeardAt = (time: number) => prediction.segments.some(({ start, end }) => start <= time && time < end);
      expect([0, 0.5, 1.1, 1.5, 1.9, 2.5, 2.99].map(isHeardAt)).toEqual([true, true, false, false, false, true, true]);
      await expect(model.predictWindows([recording.fill(0, headerBytes)])).rejects.toThrow('no samples');
    } finally {
      await model.dispose();
    }
  });

  it('is refused when it is empty or none', async () => {
    const [model] = windowed;
    for (const bytes of [newRecording({ seconds: 0 }), Buffer.from('not a recording'), Buffer.alloc(0)])
      await expect(model!.predictWindows([bytes])).rejects.toThrow(InputError);
  });
});
