import { readFileSync } from 'node:fs';

import { describe, expect, it } from '@jest/globals';

import { readSamples, toNetworkInput } from '#models';
import { parseAudioCard } from '#models/card';

import { hasReferenceData, referenceData } from '../../test/reference-data.js';
import { toExample } from './examples.js';
import { parseRecordingName, readRecordings, readWhole } from './recordings.js';

const card = parseAudioCard(readFileSync('training/spoken-digits/model.yaml', 'utf8'));

describe('parseRecordingName', () => {
  it('reads the digit and the speaker', () => {
    expect(parseRecordingName('7_jackson_32.wav')).toEqual({ digit: 7, speaker: 'jackson' });
  });

  it.each(['seven_jackson_32.wav', '7_jackson.wav', '7_jackson_32.mp3', '17_jackson_3.wav'])('refuses %s', (name) => {
    expect(() => parseRecordingName(name)).toThrow(name);
  });
});

(hasReferenceData ? describe : describe.skip)('the Free Spoken Digit Dataset', () => {
  it('has 45 recordings of every digit by each of five people', async () => {
    const counts = new Map<string, number>();
    for (const { digit, speaker } of await readRecordings(referenceData('speech/fsdd'), card))
      counts.set(`${speaker} ${digit}`, (counts.get(`${speaker} ${digit}`) ?? 0) + 1);
    expect(counts.size).toBe(50);
    expect(new Set(counts.values())).toEqual(new Set([45]));
  });

  it.each(['0_george_10.wav', '9_lucas_12.wav'])('gives the network the same of %s as serving does', async (name) => {
    const file = referenceData('speech/fsdd', name);
    const { input } = toExample({ digit: 0, speaker: '', samples: await readWhole(file, card) }, card);
    expect(input).toEqual(toNetworkInput(await readSamples([readFileSync(file)], card), card));
  });
});
