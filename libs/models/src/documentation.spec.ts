import { readFileSync } from 'node:fs';

import { describe, expect, it } from '@jest/globals';
import * as dsp from '#dsp';
import { parse, stringify } from 'yaml';
import { z } from 'zod';

import { smallCard } from '../../../test/models/make-bundle.js';
import { modelCardSchema, parseAudioCard, type AudioCard } from './card.js';
import { activationNames } from './import/keras/activations.js';
import { supportedLayers } from './import/keras/layers.js';
import { computeFeatures } from './input/audio/compute-features.js';

const text = readFileSync('docs/models.md', 'utf8');
const sampleRate = 16_000;
const samples = Float32Array.from({ length: sampleRate }, (_, i) => 0.5 * Math.sin(i * i) * Math.sin(i / 3000));

interface ObjectSchema {
  properties?: Record<string, ObjectSchema>;
  oneOf?: ObjectSchema[];
}

/** The paths of all fields of a JSON schema that hold no further fields. */
function leaves({ properties = {}, oneOf = [] }: ObjectSchema, path = ''): string[] {
  const own = Object.entries(properties).flatMap(([name, schema]) =>
    schema.properties || schema.oneOf ? leaves(schema, `${path}${name}.`) : [`${path}${name}`],
  );
  return [...own, ...oneOf.flatMap((schema) => leaves(schema, path))];
}

describe('docs/models.md', () => {
  it('names every field of a card', () => {
    const fields = new Set(leaves(z.toJSONSchema(modelCardSchema, { io: 'input' }) as ObjectSchema));
    expect(fields).toContain('features.fit.frames');
    expect([...fields].filter((field) => !text.includes(`\`${field}\``))).toEqual([]);
  });

  it('names every supported layer and activation', () => {
    expect(supportedLayers.filter((layer) => !text.includes(`\`${layer}\``))).toEqual([]);
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

  it('shows a card that is accepted', () => {
    const [, example] = /```yaml\n(.*?)```/s.exec(text)!;
    expect(parseAudioCard(example!).name).toBe('fan-fault');
  });
});
