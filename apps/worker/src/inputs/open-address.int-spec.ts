import { describe, expect, it } from '@jest/globals';
import { parseEgressAllow } from '#jobs';
import { openAddress } from './open-address.js';

const rules = { allow: parseEgressAllow('127.0.0.1') };

describe('an input where nothing listens', () => {
  it('names the host and what is wrong there, and nothing else of the address', () =>
    expect(
      openAddress('http://127.0.0.1:1/fan.wav?token=hunter2', rules, new AbortController().signal),
    ).rejects.toMatchObject({
      code: 'input_unreachable',
      message: 'The input could not be fetched from 127.0.0.1:1: nothing listens there (ECONNREFUSED).',
    }));
});
