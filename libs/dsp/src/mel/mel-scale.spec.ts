import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { hzToMel, melToHz } from './mel-scale.js';

it.each(['slaney', 'htk'] as const)('hzToMel and melToHz undo each other on the %s scale', (scale) => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 96_000, noNaN: true }), (hz) => {
      expect(Math.abs(melToHz(hzToMel(hz, scale), scale) - hz)).toBeLessThanOrEqual(1e-9 * Math.max(1, hz));
    }),
  );
});

it.each(['slaney', 'htk'] as const)('the %s scale rises with frequency', (scale) => {
  const frequency = fc.integer({ min: 0, max: 96_000 });
  fc.assert(
    fc.property(frequency, frequency, (a, b) => {
      expect(Math.sign(hzToMel(a, scale) - hzToMel(b, scale))).toBe(Math.sign(a - b));
    }),
  );
});
