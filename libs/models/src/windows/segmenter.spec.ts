import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { segmentsSchema, type SegmentRules } from '../card/output.js';
import type { WindowSpec } from '../card/window.js';
import { Segmenter } from './segmenter.js';

/** What is made of windows, each given as its label and score: `a.9` is label a, score 0.9; `-` says nothing. */
function segmentsOf(text: string, duration: number, window: WindowSpec, rules: Partial<SegmentRules> = {}) {
  const segmenter = new Segmenter(window, { ...segmentsSchema.parse({}), ...rules });
  for (const each of text.split(' ')) {
    if (each === '-') segmenter.skip();
    else segmenter.add(each[0]!, Number(`0${each.slice(1)}`));
  }
  return segmenter.finish(duration).map(({ start, end, label, score }) => {
    return `${label} ${start}-${end} ${Number(score.toFixed(6))}`;
  });
}

const overlapping = { seconds: 1, hop: 0.5 };
const sideBySide = { seconds: 1, hop: 1 };
const withGaps = { seconds: 1, hop: 2 };

describe('segments', () => {
  it.each([
    ['overlapping', 'a.9 b.8 c.7', 1.9, overlapping, ['a 0-0.75 0.9', 'b 0.75-1.25 0.8', 'c 1.25-1.9 0.7']],
    ['side by side', 'a.9 b.8 c.7', 2.5, sideBySide, ['a 0-1 0.9', 'b 1-2 0.8', 'c 2-2.5 0.7']],
    ['with gaps', 'a.9 b.8', 2.5, withGaps, ['a 0-1 0.9', 'b 2-2.5 0.8']],
    ['of one window', 'a.9', 0.4, overlapping, ['a 0-0.4 0.9']],
  ])('of windows %s take turns', (_, text, duration, window, expected) => {
    expect(segmentsOf(text, duration, window)).toEqual(expected);
  });

  it('merge where neighbours agree, with the mean of their scores', () => {
    expect(segmentsOf('a.9 a.7 b.8 b.6 b.4', 3, overlapping)).toEqual(['a 0-1.25 0.8', 'b 1.25-3 0.6']);
    expect(segmentsOf('a.9 a.7 b.8', 3, sideBySide)).toEqual(['a 0-2 0.8', 'b 2-3 0.8']);
  });

  it('do not merge over a gap, which nobody listened to', () => {
    expect(segmentsOf('a.9 a.7', 3, withGaps)).toEqual(['a 0-1 0.9', 'a 2-3 0.7']);
  });

  it('end where a window is less sure than its threshold', () => {
    expect(segmentsOf('a.9 a.4 a.8', 3, sideBySide, { threshold: 0.5 })).toEqual(['a 0-1 0.9', 'a 2-3 0.8']);
    expect(segmentsOf('a.9 b.1', 2, sideBySide, { threshold: { a: 0.95 } })).toEqual(['b 1-2 0.1']);
  });

  it('end before a window that says nothing', () => {
    expect(segmentsOf('a.9 - a.7', 3, sideBySide)).toEqual(['a 0-1 0.9', 'a 2-3 0.7']);
    expect(segmentsOf('- a.9 -', 2, overlapping)).toEqual(['a 0.75-1.25 0.9']);
  });

  it('never lie behind the end, where the last of windows that overlap by a sample has its turn there', () => {
    expect(segmentsOf('a.9 b.8', 1.9001, { seconds: 1, hop: 0.9999 }).at(-1)).toBe('b 0.99995-1.9001 0.8');
    expect(segmentsOf('a.9 b.8', 0.9999, { seconds: 1, hop: 0.9 }).at(-1)).toMatch(/-0.9999 /);
  });

  it('leave out labels that are to be ignored, and what is too short', () => {
    expect(segmentsOf('a.9 b.8 a.9', 3, sideBySide, { ignore: ['b'] })).toEqual(['a 0-1 0.9', 'a 2-3 0.9']);
    expect(segmentsOf('a.9 b.8 b.8 a.9', 3.5, sideBySide, { minSeconds: 1.5 })).toEqual(['b 1-3 0.8']);
  });

  it('are as long as they were meant where sums of seconds are not', () => {
    const window = { seconds: 0.3, hop: 0.1 };
    expect(segmentsOf('b.9 a.9 a.9 a.9 b.9', 0.7, window, { minSeconds: 0.3 })[0]).toBe('a 0.2-0.5 0.9');
  });

  it('refuse to grow without end', () => {
    const segmenter = new Segmenter(sideBySide);
    const fill = () => {
      for (let i = 0; i < 100_002; i++) segmenter.add(i % 2 ? 'a' : 'b', 1);
    };
    expect(fill).toThrow('more than 100000 segments; output.segments.minSeconds');
  });

  it('lie in order, without overlap, within the recording, whatever the windows', () => {
    const windows = fc.array(fc.constantFrom('a.9', 'b.8', 'a.3'), { minLength: 1, maxLength: 30 });
    const time = fc.double({ min: 0.01, max: 4, noNaN: true });
    fc.assert(
      fc.property(windows, time, time, fc.double({ min: 0, max: 1, noNaN: true }), (said, seconds, hop, part) => {
        // The recording ends somewhere in what the last window alone has heard.
        const heard = said.length === 1 ? 0 : (said.length - 2) * hop + seconds;
        const lastStart = Math.max((said.length - 1) * hop, heard);
        const duration = lastStart + 1e-4 + part * ((said.length - 1) * hop + seconds - lastStart);
        const segmenter = new Segmenter({ seconds, hop }, segmentsSchema.parse({ threshold: 0.5 }));
        for (const each of said) segmenter.add(each[0]!, Number(`0${each.slice(1)}`));
        let end = 0;
        for (const segment of segmenter.finish(duration)) {
          expect(segment.start).toBeGreaterThanOrEqual(end);
          expect(segment.end).toBeGreaterThan(segment.start);
          ({ end } = segment);
        }
        expect(end).toBeLessThanOrEqual(duration);
        if (hop <= seconds && said.at(-1) !== 'a.3') expect(end).toBe(duration);
      }),
    );
  });
});
