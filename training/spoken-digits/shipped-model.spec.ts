import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { loadModel, registerBundle, type LoadedModel } from '#models';

import { builtInModels } from '../../test/bundles.js';
import { MemoryStore } from '../../test/models/memory-store.js';

const bundle = join(builtInModels, 'spoken-digits', '1.0.0');
const samples = readdirSync('samples').filter((name) => name.endsWith('.wav'));
const digitOf = (name: string) => name.split('-')[0]!;

let model: LoadedModel;
beforeAll(async () => {
  const store = new MemoryStore();
  const { record } = await registerBundle(bundle, store);
  model = await loadModel(record, store, 'onnxruntime');
});
afterAll(() => model.dispose());

describe('the built-in model spoken-digits', () => {
  it('hears at least nine in ten of the samples right, every digit among them', async () => {
    const heard = await Promise.all(
      samples.map(async (name) => {
        const [prediction] = await model.predict([await model.prepare([readFileSync(join('samples', name))])]);
        const { label, score } = prediction!;
        return { name, label: label!, score: score!.toFixed(3) };
      }),
    );
    const wrong = heard.filter(({ name, label }) => label !== digitOf(name));
    const table = heard.map(({ name, label, score }) => `${name.padEnd(16)} ${label.padEnd(6)} ${score}`);
    process.stdout.write(`${table.join('\n')}\n${heard.length - wrong.length} of ${heard.length} are right\n`);
    expect(new Set(samples.map(digitOf))).toEqual(new Set(model.record.card.output.labels));
    expect(wrong.length).toBeLessThanOrEqual(heard.length / 10);
  });

  it('is smaller than 2 MB', () => {
    const bytes = readdirSync(bundle).reduce((sum, name) => sum + statSync(join(bundle, name)).size, 0);
    expect(bytes).toBeLessThan(2_000_000);
  });

  it('says whom to credit and how well it hears each person it was not trained on', () => {
    const { attribution, evaluation } = model.record.card;
    expect(attribution).toContain('CC BY-SA 4.0');
    expect(evaluation).toMatchObject({
      accuracyOfTheOneLeftOut: Object.fromEntries(
        ['george', 'jackson', 'lucas', 'nicolas', 'yweweler'].map((speaker) => [speaker, expect.any(Number)]),
      ),
      meanAccuracy: expect.any(Number),
    });
  });
});
