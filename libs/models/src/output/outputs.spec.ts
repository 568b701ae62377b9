import { afterAll, describe, expect, it } from '@jest/globals';

import { smallCard, writeSmallBundle } from '../../../../test/models/make-bundle.js';
import { MemoryStore } from '../../../../test/models/memory-store.js';
import type { MadeLayer } from '../../../../test/models/tfjs-model.js';
import { newRecording } from '../../../../test/recordings.js';
import { withFolder } from '../../../../test/with-folder.js';
import { loadModel } from '../load-model.js';
import type { LoadedModel, Prediction } from '../loaded-model.js';
import { registerBundle } from '../register-bundle.js';

/** Values far from each other need small weights: those made up are from 0.1 to 0.9. */
function dense(units: number, activation: string, inputs = 56): MadeLayer {
  return { className: 'Dense', options: { units, activation }, weights: { kernel: [inputs, units], bias: [units] } };
}
const flatten = { className: 'Flatten' };
const autoencoder: MadeLayer[] = [
  ...[flatten, dense(4, 'tanh'), dense(56, 'linear', 4)],
  { className: 'Reshape', options: { target_shape: [7, 8] } },
];

const loaded: LoadedModel[] = [];
afterAll(async () => {
  for (const model of loaded) await model.dispose();
});

async function load(card: object, layers: MadeLayer[]): Promise<LoadedModel> {
  const store = new MemoryStore();
  const { record } = await withFolder(async (folder) => {
    await writeSmallBundle(folder, { ...smallCard, ...card }, layers);
    return registerBundle(folder, store);
  });
  const model = await loadModel(record, store, 'onnxruntime');
  loaded.push(model);
  return model;
}

const recordings = [0.1, 0.05, 0.02].map((seconds) => newRecording({ seconds }));

async function prepared(model: LoadedModel) {
  return Promise.all(recordings.map((recording) => model.prepare([recording])));
}

async function predictions(card: object, layers: MadeLayer[]): Promise<Prediction[]> {
  const model = await load(card, layers);
  return model.predict(await prepared(model));
}

function expectSameScores(some: Prediction[], others: Prediction[]): void {
  some.forEach(({ scores, label }, i) => {
    expect(label).toBe(others[i]!.label);
    scores.forEach(({ score }, j) => expect(score).toBeCloseTo(others[i]!.scores[j]!.score, 5));
  });
}

const labels = ['quiet', 'loud'];

describe('a network of logits', () => {
  it('is what it is with softmax of its own', async () => {
    const own = await predictions({ output: { labels } }, [flatten, dense(2, 'softmax')]);
    const card = { output: { labels, activation: 'softmax' } };
    expectSameScores(await predictions(card, [flatten, dense(2, 'linear')]), own);
    expect(new Set(own.map(({ score }) => score)).size).toBe(3);
  });

  it('is what it is with sigmoid of its own, where it gives a single value for two labels', async () => {
    const own = await predictions({ output: { labels } }, [flatten, dense(1, 'sigmoid')]);
    const card = { output: { labels, activation: 'sigmoid' } };
    expectSameScores(await predictions(card, [flatten, dense(1, 'linear')]), own);
    for (const { scores } of own) expect(scores[0]!.score + scores[1]!.score).toBeCloseTo(1, 12);
  });

  it('of a single value is refused as a probability, with what the card lacks', async () => {
    const card = { output: { labels } };
    await expect(predictions(card, [flatten, dense(1, 'linear')])).rejects.toThrow('output.activation: sigmoid');
  });
});

describe('a network of several labels at once', () => {
  const output = { labels: ['bark', 'siren', 'rain'], activation: 'sigmoid', threshold: 0 };

  it('gives each its own score', async () => {
    for (const { labels: applying, scores, score } of await predictions({ task: 'multi-label', output }, [
      ...[flatten, dense(3, 'linear')],
    ])) {
      expect(applying).toHaveLength(3);
      expect(score).toBe(Math.max(...scores.map((each) => each.score)));
    }
  });
});

describe('an autoencoder', () => {
  const raw = () => predictions({ task: 'raw', output: {} }, autoencoder);

  it('of task raw gives its values in their shape', async () => {
    for (const { tensor, label } of await raw()) {
      expect(label).toBeNull();
      expect(tensor!.shape).toEqual([7, 8]);
      expect(tensor!.values).toHaveLength(56);
    }
  });

  it('is scored by how far each output is from its own input', async () => {
    const model = await load({ task: 'anomaly-detection', output: { threshold: 1.5 } }, autoencoder);
    const inputs = await prepared(model);
    const values = (await raw()).map(({ tensor }) => tensor!.values);
    const errors = values.map(
      (each, row) => each.reduce((sum, value, i) => sum + (value - inputs[row]!.tensor[i]!) ** 2, 0) / each.length,
    );
    const predicted = await model.predict(inputs);
    predicted.forEach(({ score, anomaly, label, scores }, row) => {
      expect(score).toBeCloseTo(errors[row]!, 5);
      expect(anomaly).toBe(errors[row]! > 1.5);
      expect(label).toBe(anomaly ? 'anomaly' : 'normal');
      expect(scores).toEqual([]);
    });
    expect(new Set(errors).size).toBe(3);
  });
});

describe('a recording heard in windows', () => {
  const input = { ...smallCard.input, seconds: undefined, short: undefined, window: { seconds: 0.1, hop: 0.1 } };
  const [bytesPerSample, headerBytes] = [2, 44];

  /** Noise that is a hundred times as loud in its second half; 8 kHz. */
  function halfLoud(seconds: number): Buffer {
    const recording = newRecording({ seconds });
    const middle = headerBytes + bytesPerSample * 4000 * seconds;
    for (let at = headerBytes; at < middle; at += bytesPerSample)
      recording.writeInt16LE(Math.trunc(recording.readInt16LE(at) / 100), at);
    return recording;
  }

  async function heard(card: object, layers: MadeLayer[]): Promise<Prediction> {
    const model = await load({ ...card, input }, layers);
    return (await model.predictWindows([halfLoud(2)])).prediction;
  }

  it('by an autoencoder has the error of each window, and segments where it is an anomaly', async () => {
    const first = await heard({ task: 'anomaly-detection', output: { threshold: 1000 } }, autoencoder);
    const errors = first.windowScores!.map((error) => error!);
    expect(errors).toHaveLength(20);
    expect(first).toMatchObject({ anomaly: false, label: 'normal', segments: [] });
    expect(first.score).toBeCloseTo(errors.reduce((a, b) => a + b, 0) / 20, 9);

    const [quiet, loud] = [errors.slice(0, 10), errors.slice(10)];
    const [less, more] = Math.max(...quiet) < Math.min(...loud) ? [quiet, loud] : [loud, quiet];
    const threshold = (Math.max(...less) + Math.min(...more)) / 2;
    const output = { threshold, anomaly: 'odd', segments: { scores: 'max' } };
    const second = await heard({ task: 'anomaly-detection', output }, autoencoder);
    const mean = more.reduce((a, b) => a + b, 0) / 10;
    const [start, end] = more === loud ? [1, 2] : [0, 1];
    expect(second).toMatchObject({ anomaly: true, label: 'odd', score: Math.max(...errors), windowScores: errors });
    expect(second.segments).toMatchObject([{ start, end, label: 'odd' }]);
    expect(second.segments[0]!.score).toBeCloseTo(mean, 9);
  });

  it('by a network of several labels has segments of each, which may overlap', async () => {
    const all = { labels: ['bark', 'siren', 'rain'], activation: 'sigmoid', threshold: 0 };
    const { segments, labels: applying } = await heard(
      { task: 'multi-label', output: { ...all, segments: { ignore: ['siren'], minSeconds: 1 } } },
      [flatten, dense(3, 'linear')],
    );
    expect(segments.map(({ start, end, label }) => ({ start, end, label }))).toEqual([
      { start: 0, end: 2, label: 'bark' },
      { start: 0, end: 2, label: 'rain' },
    ]);
    expect(applying).toHaveLength(3);
  });

  it('is called otherwise as a whole, where its scores are not sure, and not in its segments', async () => {
    const layers = [flatten, dense(2, 'softmax')];
    const { segments } = await heard({ output: { labels } }, layers);
    const output = { labels, threshold: 1, otherwise: 'unsure', segments: { scores: 'mean' } };
    const unsure = await heard({ output }, layers);
    expect(unsure.segments).toEqual(segments);
    expect(unsure.label).toBe('unsure');
  });
});
