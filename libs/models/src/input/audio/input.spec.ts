import { readFileSync } from 'node:fs';

import { describe, expect, it } from '@jest/globals';
import { stringify } from 'yaml';

import { fanCard, smallCard } from '../../../../../test/models/make-bundle.js';
import { hasReferenceData, referenceData } from '../../../../../test/reference-data.js';
import { parseAudioCard, type AudioCard } from '../../card.js';
import { InputError } from '../../errors.js';
import { toNetworkInput } from './network-input.js';
import { readSamples } from './read-samples.js';

type Part = Record<string, unknown>;

function cardWith({ input, features }: { input?: Part; features?: Part }): AudioCard {
  return parseAudioCard(
    stringify({
      ...smallCard,
      input: { ...smallCard.input, ...input },
      features: { ...smallCard.features, ...features },
    }),
  );
}

/** Pseudo-random samples, a little over the tenth of a second that the small card uses. */
const samples = Float32Array.from({ length: 800 }, (_, index) => 0.5 * Math.sin(index * index));

describe('toNetworkInput', () => {
  const plain = toNetworkInput(samples, cardWith({ features: { normalisation: undefined } }));

  it('gives the same values in either layout, turned', () => {
    const layout = 'coefficients-frames';
    const turned = toNetworkInput(samples, cardWith({ features: { normalisation: undefined, layout } }));
    expect(turned).toHaveLength(56);
    for (let frame = 0; frame < 7; frame++)
      for (let band = 0; band < 8; band++) expect(turned[band * 7 + frame]).toBe(plain[frame * 8 + band]);
  });

  it('takes the mean and divides by the deviation, of all or of each row', () => {
    const mean = [1, 2, 3, 4, 5, 6, 7, 8];
    const each = toNetworkInput(samples, cardWith({ features: { normalisation: { mean, std: 4 } } }));
    each.forEach((value, index) => expect(value).toBeCloseTo((plain[index]! - mean[index % 8]!) / 4, 4));
  });

  it("takes the recording's own mean of each row, so that the same added to every frame changes nothing", () => {
    const card = cardWith({ features: { normalisation: { mean: 'recording', std: 2 } } });
    const louder = samples.map((sample) => sample * 1.9);
    const own = toNetworkInput(samples, card);
    for (let band = 0; band < 8; band++) {
      const [values, before] = [own, plain].map((all) => [...all].filter((_, index) => index % 8 === band));
      expect(values!.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 3);
      expect(values![6]! - values![0]!).toBeCloseTo((before![6]! - before![0]!) / 2, 4);
    }
    toNetworkInput(louder, card).forEach((value, index) => expect(value).toBeCloseTo(own[index]!, 3));
  });

  it('takes no mean over the frames that fill up what is too short', () => {
    const card = cardWith({ features: { normalisation: { mean: 'recording', std: 1 } } });
    const short = [...toNetworkInput(samples.subarray(0, 256), card)];
    expect(short.slice(0, 3 * 8).reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 2);
    expect(short.slice(3 * 8)).toEqual(new Array(4 * 8).fill(0));
  });

  it('fills up what is too short with the mean', () => {
    const short = toNetworkInput(samples.subarray(0, 256), cardWith({}));
    expect([...short.slice(3 * 8)]).toEqual(new Array(4 * 8).fill(0));
    expect(short.slice(0, 3 * 8)).not.toContain(0);
  });

  it('refuses no samples, and too few to repeat', () => {
    const repeating = cardWith({ features: { fit: { frames: 7, short: 'repeat-tail' } } });
    expect(() => toNetworkInput(new Float32Array(0), cardWith({}))).toThrow(InputError);
    expect(() => toNetworkInput(samples.subarray(0, 128), repeating)).toThrow(InputError);
  });
});

(hasReferenceData ? describe : describe.skip)('readSamples', () => {
  const fan = (input: Part) => parseAudioCard(stringify({ ...fanCard, input: { ...fanCard.input, ...input } }));
  const recording = () => [readFileSync(referenceData('fan/mimii_signalML/normal.wav'))];

  it.each(['kaiser_fast', 'kaiser_best'])(
    'uses the first seconds exactly as the whole recording has them (%s)',
    async (resampler) => {
      const whole = await readSamples(recording(), fan({ resampler }));
      const part = await readSamples(recording(), fan({ resampler, seconds: 1.5 }));
      expect(whole).toHaveLength(220_500);
      expect(part).toEqual(whole.slice(0, 33_075));
    },
  );

  it('leaves a short recording as it is, or lengthens it with silence', async () => {
    const kept = await readSamples(recording(), fan({ seconds: 11 }));
    const lengthened = await readSamples(recording(), fan({ seconds: 11, short: 'zeros' }));
    expect(kept).toHaveLength(220_500);
    expect(lengthened).toHaveLength(242_550);
    expect(lengthened.slice(0, 220_500)).toEqual(kept);
    expect(lengthened.slice(220_500).every((value) => value === 0)).toBe(true);
  });

  it('takes the channel that the card names, and says when there is none', async () => {
    const channel = (channels: number) => readSamples(recording(), fan({ channels }));
    expect(await channel(7)).not.toEqual(await channel(0));
    await expect(channel(8)).rejects.toThrow(InputError);
  });
});

(hasReferenceData ? describe : describe.skip)('a recording', () => {
  const golden = JSON.parse(
    hasReferenceData ? readFileSync(referenceData('golden/dsp/gsc_down__mfcc40.json'), 'utf8') : '{}',
  ) as Record<'mfcc' | 'mel_db_top80', { data_b64: string }>;

  it.each([
    ['mfcc', { kind: 'mfcc', coefficients: 40 }, 'mfcc'],
    ['mel', { kind: 'mel' }, 'mel_db_top80'],
  ] as const)('gives the %s features of librosa', async (_, kind, reference) => {
    const features = { fft: 2048, hop: 512, mels: 128, layout: 'coefficients-frames', ...kind };
    const card = parseAudioCard(
      stringify({
        ...fanCard,
        input: { ...fanCard.input, sampleRate: 16_000 },
        features: { ...features, fit: { frames: 32, short: 'zeros' } },
      }),
    );
    const samples = await readSamples([readFileSync(referenceData('speech/gsc/down.wav'))], card);
    const input = toNetworkInput(samples, card);
    const expected = new Float32Array(Uint8Array.from(Buffer.from(golden[reference].data_b64, 'base64')).buffer);
    expect(input).toHaveLength(expected.length);
    expect(Math.max(...input.map((value, index) => Math.abs(value - expected[index]!)))).toBeLessThan(1e-3);
  });
});
