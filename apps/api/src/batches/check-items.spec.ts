import { describe, expect, it } from '@jest/globals';
import { checkItems } from './check-items.js';

const uploads = { requireUpload: () => Promise.resolve(1) };
const items = Array.from({ length: 100 }, (_, i) => ({ url: `http://host-${i}.example/a.wav`, path: `${i}.wav` }));

describe('checkItems', () => {
  it('looks up few hosts at once, and none once the time is over', async () => {
    let asked = 0;
    const resolve = (): Promise<string[]> => {
      asked += 1;
      return new Promise(() => undefined);
    };
    await checkItems('acme', items, { uploads, egressAllow: [], resolve, lookupMs: 20 });
    expect(asked).toBe(2);
  });

  it('tells of all hosts that may not be asked, by their place', async () => {
    const resolve = (host: string) => Promise.resolve([host === 'host-7.example' ? '10.0.0.1' : '1.1.1.1']);
    const checked = checkItems('acme', items, { uploads, egressAllow: [], resolve });
    await expect(checked).rejects.toMatchObject({ faults: [{ pointer: '/items/7/url' }] });
  });
});
