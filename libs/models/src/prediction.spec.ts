import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { outputRules } from './card/output-rules.js';
import type { CardOutput, Task } from './card/output.js';
import { InputError } from './errors.js';
import { classifyWindowed } from './output/classify.js';
import { toPrediction } from './prediction.js';

function predict(task: Task, output: CardOutput, values: number[], input: number[] = [], seconds = 2) {
  const row = { input: Float32Array.from(input), output: Float32Array.from(values) };
  return toPrediction(outputRules({ task, output }), row, [values.length], seconds);
}

describe('classification', () => {
  const small = { labels: ['quiet', 'loud'], normal: 'quiet' };

  it('names the highest score, the first of equal ones', () => {
    expect(predict('classification', small, [0.25, 0.75])).toEqual({
      ...{ label: 'loud', score: 0.75, anomaly: true },
      scores: [
        { label: 'quiet', score: 0.25 },
        { label: 'loud', score: 0.75 },
      ],
      segments: [{ start: 0, end: 2, label: 'loud', score: 0.75 }],
    });
    expect(predict('classification', small, [0.5, 0.5])).toMatchObject({ label: 'quiet', anomaly: false });
  });

  it('has no segments of an image', () => {
    expect(predict('classification', small, [0.25, 0.75], [], 0)).toMatchObject({ label: 'loud', segments: [] });
  });

  it('calls nothing an anomaly when the card knows no ordinary case', () => {
    expect(predict('classification', { labels: ['a', 'b'] }, [0, 1])).not.toHaveProperty('anomaly');
  });

  it('refuses scores that are not finite', () => {
    expect(() => predict('classification', small, [NaN, 1])).toThrow(InputError);
  });

  it('lists the best scores only, best first, where the card says how many', () => {
    const { scores } = predict('classification', { labels: ['a', 'b', 'c', 'd'], topK: 3 }, [0.25, 0.125, 0.5, 0.125]);
    expect(scores.map(({ label }) => label)).toEqual(['c', 'a', 'b']);
  });

  it('has the other label exactly where the best score is below the threshold', () => {
    const score = fc.float({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.tuple(score, score), score, (values, threshold) => {
        const { label, score } = predict('classification', { ...small, threshold, otherwise: 'unsure' }, values);
        expect(score).toBe(Math.max(...values));
        expect(label === 'unsure').toBe(Math.max(...values) < threshold);
      }),
    );
  });

  it('is an anomaly where it is not sure of the ordinary', () => {
    const unsure = { ...small, threshold: 0.9 };
    expect(predict('classification', unsure, [0.75, 0.25])).toMatchObject({ label: 'unknown', anomaly: true });
    expect(predict('classification', { ...unsure, otherwise: 'quiet' }, [0.25, 0.75])).toMatchObject({
      ...{ label: 'quiet', anomaly: false },
      segments: [{ label: 'quiet' }],
    });
  });

  const quiet = { start: 0, end: 9, label: 'quiet', score: 0.75 };
  const loud = { start: 9, end: 10, label: 'loud', score: 0.5 };
  it.each([
    ['a segment is', [quiet, loud], true],
    ['none is', [quiet], false],
    ['there is none', [], false],
  ])('calls a recording of the normal label an anomaly where %s: %j, %s', (_, segments, anomaly) => {
    const rules = outputRules({ task: 'classification', output: small });
    if (rules.task !== 'classification') throw new Error(rules.task);
    const prediction = classifyWindowed(rules, Float64Array.of(0.75, 0.25), segments);
    expect(prediction).toMatchObject({ label: 'quiet', score: 0.75, anomaly, segments });
  });
});

describe('multi-label', () => {
  const labels = ['bark', 'siren', 'rain'];

  it('has every label at or above its threshold, best first, with a segment each', () => {
    const output = { labels, threshold: { siren: 0.75, rain: 0.125 } };
    expect(predict('multi-label', output, [0.5, 0.625, 0.75])).toEqual({
      ...{ label: 'rain', score: 0.75 },
      labels: [
        { label: 'rain', score: 0.75 },
        { label: 'bark', score: 0.5 },
      ],
      scores: labels.map((label, i) => ({ label, score: 0.5 + i / 8 })),
      segments: [
        { start: 0, end: 2, label: 'rain', score: 0.75 },
        { start: 0, end: 2, label: 'bark', score: 0.5 },
      ],
    });
  });

  it('has the other label and the highest score where none applies', () => {
    const none = { label: 'none', score: 0.25, labels: [], segments: [], anomaly: false };
    expect(predict('multi-label', { labels, normal: 'rain' }, [0.125, 0.25, 0])).toMatchObject(none);
    expect(predict('multi-label', { labels, otherwise: 'rain' }, [0, 0, 0])).toMatchObject({ label: 'rain' });
  });

  it('is an anomaly where any label but the ordinary applies', () => {
    expect(predict('multi-label', { labels, normal: 'rain' }, [0, 0, 1])).toMatchObject({ anomaly: false });
    expect(predict('multi-label', { labels, normal: 'rain' }, [0.5, 0, 1])).toMatchObject({ anomaly: true });
  });

  it('may know a single label', () => {
    expect(predict('multi-label', { labels: ['siren'], activation: 'sigmoid' }, [4])).toMatchObject({ label: 'siren' });
  });
});

describe('anomaly-detection', () => {
  it.each([
    ['mse', (1 + 4 + 0 + 9) / 4],
    ['mae', (1 + 2 + 0 + 3) / 4],
    ['rmse', Math.sqrt(14 / 4)],
  ] as const)('measures the %s of input and output', (error, expected) => {
    const { score } = predict('anomaly-detection', { threshold: 1, error }, [1, 2, 3, 4], [2, 0, 3, 7]);
    expect(score).toBeCloseTo(expected, 12);
  });

  it('calls errors above the threshold an anomaly, in the words of the card', () => {
    const output = { threshold: 4, normal: 'runs well', anomaly: 'faulty' };
    expect(predict('anomaly-detection', output, [2], [0])).toEqual({
      ...{ label: 'runs well', score: 4, anomaly: false, scores: [] },
      segments: [{ start: 0, end: 2, label: 'runs well', score: 4 }],
    });
    expect(predict('anomaly-detection', output, [2.5], [0])).toMatchObject({ label: 'faulty', anomaly: true });
    expect(predict('anomaly-detection', { threshold: 0 }, [2], [2])).toMatchObject({ label: 'normal', score: 0 });
  });

  it('refuses values that are not finite', () => {
    expect(() => predict('anomaly-detection', { threshold: 1 }, [Infinity], [0])).toThrow(InputError);
  });
});

describe('raw', () => {
  it('hands back the values as they are, with their shape', () => {
    const row = { input: new Float32Array(1), output: Float32Array.of(1, 2, 3, 4, 5, 0.1) };
    const rules = outputRules({ task: 'raw', output: {} });
    expect(toPrediction(rules, row, [2, 3], 2)).toEqual({
      ...{ label: null, score: null, scores: [], segments: [] },
      tensor: { shape: [2, 3], values: [1, 2, 3, 4, 5, Math.fround(0.1)] },
    });
  });

  it('refuses values that are not finite, for which JSON has no word', () => {
    expect(() => predict('raw', {}, [NaN])).toThrow(InputError);
  });
});
