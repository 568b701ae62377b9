import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { outputRules, type ClassificationRules } from '../card/output-rules.js';
import { InputError } from '../errors.js';
import { toScores } from './to-scores.js';

type Activation = 'softmax' | 'sigmoid' | undefined;

function scoresOf(activation: Activation, values: readonly number[], labels = values.length): number[] {
  const output = { labels: Array.from({ length: labels }, (_, i) => `label ${i}`), activation };
  const rules = outputRules({ task: 'classification', output }) as ClassificationRules;
  return Array.from(toScores(rules, Float32Array.from(values)));
}

const logit = fc.float({ min: -1e4, max: 1e4, noNaN: true });
const logits = fc.array(logit, { minLength: 2, maxLength: 20 });

describe('scores', () => {
  it('are the values where the network gives scores', () => {
    expect(scoresOf(undefined, [0.25, 0.75])).toEqual([0.25, 0.75]);
  });

  it('of softmax are as its definition has them', () => {
    const powers = [1, 2, 3].map(Math.exp);
    const sum = powers[0]! + powers[1]! + powers[2]!;
    scoresOf('softmax', [1, 2, 3]).forEach((score, i) => expect(score).toBeCloseTo(powers[i]! / sum, 12));
  });

  it('of softmax are from 0 to 1 and sum to 1, however large the values', () => {
    fc.assert(
      fc.property(logits, (values) => {
        const scores = scoresOf('softmax', values);
        expect(Math.min(...scores)).toBeGreaterThanOrEqual(0);
        expect(scores.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
      }),
    );
  });

  it('of softmax stay when all values move by the same', () => {
    const whole = fc.array(fc.integer({ min: -500, max: 500 }), { minLength: 2, maxLength: 20 });
    fc.assert(
      fc.property(whole, fc.integer({ min: -500, max: 500 }), (values, shift) => {
        const moved = scoresOf(
          'softmax',
          values.map((value) => value + shift),
        );
        expect(moved).toEqual(scoresOf('softmax', values));
      }),
    );
  });

  it('of softmax and sigmoid are in the order of the values', () => {
    fc.assert(
      fc.property(logits, fc.constantFrom('softmax' as const, 'sigmoid' as const), (values, activation) => {
        const scores = scoresOf(activation, values);
        for (const [i, value] of values.entries())
          for (const [j, other] of values.entries())
            if (value > other) expect(scores[i]).toBeGreaterThanOrEqual(scores[j]!);
      }),
    );
  });

  it('of sigmoid and its mirror sum to 1', () => {
    fc.assert(
      fc.property(logit, (value) => {
        const [score, mirrored] = scoresOf('sigmoid', [value, -value, 0]);
        expect(score! + mirrored!).toBeCloseTo(1, 12);
      }),
    );
    expect(scoresOf('sigmoid', [0, Math.log(3), 0])[1]).toBeCloseTo(0.75, 7);
  });

  it('of a single value for two labels are that of either', () => {
    expect(scoresOf(undefined, [0.25], 2)).toEqual([0.75, 0.25]);
    expect(scoresOf('sigmoid', [0], 2)).toEqual([0.5, 0.5]);
  });

  it('are refused where a single value is no probability, or a value not finite', () => {
    expect(() => scoresOf(undefined, [1.5], 2)).toThrow('if it is a logit, output.activation: sigmoid in the card');
    expect(() => scoresOf(undefined, [-0.1], 2)).toThrow(InputError);
    for (const value of [NaN, Infinity, -Infinity]) expect(() => scoresOf('softmax', [value, 1])).toThrow(InputError);
  });
});
