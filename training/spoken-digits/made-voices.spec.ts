import { describe, expect, it } from '@jest/globals';

import { newRandom } from '../random.js';
import { newMadeVoices } from './made-voices.js';

describe('newMadeVoices', () => {
  it('chooses the same voices for the same seed, so that those kept from an earlier training fit', () => {
    expect(newMadeVoices(50, newRandom(3))).toEqual(newMadeVoices(50, newRandom(3)));
    expect(newMadeVoices(50, newRandom(3))).not.toEqual(newMadeVoices(50, newRandom(4)));
  });

  it('chooses voices of many accents and throats, at pitches and speeds that espeak-ng has', () => {
    const voices = newMadeVoices(300, newRandom(1));
    expect(new Set(voices.map(({ accent }) => accent)).size).toBe(8);
    expect(new Set(voices.map(({ variant }) => variant)).size).toBeGreaterThan(50);
    for (const { pitch, wordsPerMinute } of voices) {
      expect(pitch).toBeGreaterThanOrEqual(0);
      expect(pitch).toBeLessThanOrEqual(99);
      expect(wordsPerMinute).toBeGreaterThanOrEqual(80);
      expect(wordsPerMinute).toBeLessThanOrEqual(450);
    }
  });
});
