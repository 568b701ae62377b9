import { describe, expect, it } from '@jest/globals';
import { preferredWaitSeconds } from './prefer.js';

describe('preferredWaitSeconds', () => {
  it.each([
    [undefined, undefined],
    ['', undefined],
    ['wait=5', 5],
    ['Wait = 5', 5],
    ['wait="7"', 7],
    ['respond-async, wait=10', 10],
    ['wait=10;foo=bar', 10],
    ['wait=0', 0],
    ['wait=3600', 60],
    ['wait=-1', undefined],
    ['wait=soon', undefined],
    ['await=5', undefined],
    ['wait=5, wait=9', 5],
  ])('%j means %j', (header, seconds) => {
    expect(preferredWaitSeconds(header)).toBe(seconds);
  });
});
