import { once } from 'node:events';
import { expect, it } from '@jest/globals';
import { untilOver } from './until-over.js';

it('a batch that cannot be followed ends its sending, and waits for that', async () => {
  let isEnded = false;
  const send = async (over: AbortSignal) => {
    await once(over, 'abort');
    isEnded = true;
    throw new Error('nobody hears of it');
  };
  const look = () => Promise.reject(new Error('the key was revoked'));
  await expect(untilOver(send, look, () => undefined, undefined)).rejects.toThrow('the key was revoked');
  expect(isEnded).toBe(true);
});
