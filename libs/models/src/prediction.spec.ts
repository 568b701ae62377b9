import { describe, expect, it } from '@jest/globals';
import { stringify } from 'yaml';

import { smallCard } from '../../../test/models/make-bundle.js';
import { parseModelCard } from './card.js';
import { InputError } from './errors.js';
import { toPrediction, toWindowedPrediction } from './prediction.js';

const card = parseModelCard(stringify(smallCard));

describe('toPrediction', () => {
  it('names the highest score, the first of equal ones', () => {
    expect(toPrediction(card, Float32Array.of(0.25, 0.75), 2)).toEqual({
      ...{ label: 'loud', score: 0.75, anomaly: true },
      scores: [
        { label: 'quiet', score: 0.25 },
        { label: 'loud', score: 0.75 },
      ],
      segments: [{ start: 0, end: 2, label: 'loud', score: 0.75 }],
    });
    expect(toPrediction(card, Float32Array.of(0.5, 0.5), 2)).toMatchObject({ label: 'quiet', anomaly: false });
  });

  it('calls nothing an anomaly when the card knows no ordinary case', () => {
    const unlabelled = parseModelCard(stringify({ ...smallCard, output: { labels: ['a', 'b'] } }));
    expect(toPrediction(unlabelled, Float32Array.of(0, 1), 2)).not.toHaveProperty('anomaly');
  });

  it('refuses scores that are not finite', () => {
    expect(() => toPrediction(card, Float32Array.of(NaN, 1), 2)).toThrow(InputError);
  });
});

describe('toWindowedPrediction', () => {
  const scores = Float64Array.of(0.75, 0.25);
  const quiet = { start: 0, end: 9, label: 'quiet', score: 0.75 };
  const loud = { start: 9, end: 10, label: 'loud', score: 0.5 };

  it.each([
    ['a segment is', [quiet, loud], true],
    ['none is', [quiet], false],
    ['there is none', [], false],
  ])('calls a recording of the normal label an anomaly where %s: %j, %s', (_, segments, anomaly) => {
    const prediction = toWindowedPrediction(card, scores, segments);
    expect(prediction).toMatchObject({ label: 'quiet', score: 0.75, anomaly, segments });
  });
});
