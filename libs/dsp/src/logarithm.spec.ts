import { describe, expect, it } from '@jest/globals';
import { toLogarithm, type LogarithmSpec } from './logarithm.js';

const logarithm = (values: number[], spec: LogarithmSpec) => [
  ...toLogarithm({ rows: 1, columns: values.length, data: Float32Array.from(values) }, spec).data,
];

describe('toLogarithm', () => {
  it.each<[LogarithmSpec, number[], number[]]>([
    [{ kind: 'decibels' }, [0.5, 10, 1e-9, 0], [-3.0103, 10, -70, -70]],
    [{ kind: 'decibels' }, [0, 1e-10, 1e-11, 1e-39], [-100, -100, -100, -100]],
    [{ kind: 'decibels', topDb: 40 }, [1, 1e-3, 1e-9], [0, -30, -40]],
    [{ kind: 'decibels', topDb: Infinity }, [1, 1e-3, 1e-9], [0, -30, -90]],
    [{ kind: 'decibels', reference: 'max' }, [1, 10, 1e-3], [-10, 0, -40]],
    [{ kind: 'decibels', reference: 10, topDb: 20 }, [1, 10, 1e-3], [-10, 0, -20]],
    [{ kind: 'decibels', of: 'amplitude' }, [1, 10, 1e-2], [0, 20, -40]],
    [{ kind: 'decibels', of: 'amplitude', topDb: Infinity }, [1, 0], [0, -100]],
    [{ kind: 'decibels', least: 1e-3 }, [1, 0], [0, -30]],
    [{ kind: 'ln', offset: 1 }, [0, Math.E - 1], [0, 1]],
    [{ kind: 'ln', least: Math.exp(-5) }, [0, 1], [-5, 0]],
    [{ kind: 'ln' }, [0, 1], [Math.log(1e-10), 0]],
    [{ kind: 'ln1p' }, [0, Math.E - 1], [0, 1]],
    [{ kind: 'ln1p', gain: 2 }, [0, 1], [0, Math.log(3)]],
  ])('%j', (spec, values, expected) => {
    logarithm(values, spec).forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 4));
  });

  it.each<LogarithmSpec>([
    { kind: 'decibels', reference: 'max' },
    { kind: 'decibels' },
    { kind: 'ln', offset: 1e-6 },
    { kind: 'ln1p' },
  ])('of silence is finite, and an array of its own: %j', (spec) => {
    const silence = { rows: 2, columns: 2, data: new Float32Array(4) };
    const { data } = toLogarithm(silence, spec);
    expect(data.every(Number.isFinite)).toBe(true);
    expect(silence.data).toEqual(new Float32Array(4));
  });
});
