import { readFileSync } from 'node:fs';

import { describe, expect, it } from '@jest/globals';
import * as dsp from '#dsp';
import { parse, stringify } from 'yaml';

import { smallCard } from '../../../test/models/make-bundle.js';
import { taskSchema } from './card/output.js';
import { parseAudioCard, parseModelCard, type AudioCard } from './card.js';
import { activationNames } from './import/keras/activations.js';
import { supportedLayers } from './import/keras/layers.js';
import { supportedOperators } from './import/keras/operators/operators.js';
import { computeFeatures } from './input/audio/compute-features.js';

const text = readFileSync('docs/models.md', 'utf8');
const sampleRate = 16_000;
const samples = Float32Array.from({ length: sampleRate }, (_, i) => 0.5 * Math.sin(i * i) * Math.sin(i / 3000));

const oldNames = ['BatchNormalizationV1', 'BatchNormalizationV2', 'SyncBatchNormalization'];

function quoted(markdown: string): string[] {
  return [...markdown.matchAll(/`(\w+)`/g)].map(([, word]) => word!);
}

describe('docs/models.md', () => {
  it('names the supported layers, operations and activations, and no others', () => {
    const [, section] = /### Layers that are served\n(.*?)\n## /s.exec(text)!;
    const table = [...section!.matchAll(/^\|.*\|(.*)\|$/gm)].flatMap(([, cell]) => quoted(cell!));
    expect(table.sort()).toEqual(supportedLayers.filter((layer) => !oldNames.includes(layer)).sort());
    expect(quoted(/where they do what one of these does: (.*)\.$/m.exec(section!)![1]!)).toEqual(supportedOperators);
    expect(text).toContain(`option: ${activationNames.join(', ')}.`);
  });

  it("shows TensorFlow's front ends as the library computes them", () => {
    const [logMel, mfcc] = [...text.matchAll(/```yaml\n(features:.*?)```/gs)].map(([, example]) =>
      parseAudioCard(
        stringify({
          ...smallCard,
          input: { ...smallCard.input, sampleRate },
          ...(parse(example!) as object),
        }),
      ),
    );
    const compute = ({ features }: AudioCard) => computeFeatures(samples, features, sampleRate);
    expect(compute(logMel!)).toEqual(dsp.logMelSpectrogram(samples, dsp.tensorflowLogMel({ sampleRate })));
    expect(compute(mfcc!)).toEqual(dsp.mfcc(samples, dsp.tensorflowMfcc({ sampleRate, coefficients: 10 })));
  });

  it('shows a card for each task, and others, which are accepted', () => {
    const cards = [...text.matchAll(/```yaml\n(name:.*?)```/gs)].map(([, example]) => parseModelCard(example!));
    expect(cards[0]!.name).toBe('fan-fault');
    expect([...new Set(cards.map(({ task }) => task))].sort()).toEqual([...taskSchema.options].sort());
  });

  it('shows parts of cards that are accepted', () => {
    const parts = [...text.matchAll(/```yaml\n(input:.*?)```/gs)];
    expect(parts.length).toBeGreaterThan(0);
    for (const [, part] of parts) {
      const card = { ...smallCard, ...(parse(part!) as object) };
      expect(parseModelCard(stringify(card))).toMatchObject(parse(part!) as object);
    }
  });
});
