import { getEventListeners } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { rejectOnAbort } from './reject-on-abort.js';

describe('rejectOnAbort', () => {
  it('rejects with the reason, before and after the signal is aborted', async () => {
    const controller = new AbortController();
    const waiting = rejectOnAbort(controller.signal);
    controller.abort(new Error('gone'));
    await expect(waiting).rejects.toThrow('gone');
    await expect(rejectOnAbort(controller.signal)).rejects.toThrow('gone');
    await expect(rejectOnAbort(AbortSignal.abort(new Error('never began')))).rejects.toThrow('never began');
  });

  it('listens once, however many races there are', () => {
    const { signal } = new AbortController();
    for (let i = 0; i < 20; i++) void rejectOnAbort(signal);
    expect(getEventListeners(signal, 'abort')).toHaveLength(1);
  });
});
