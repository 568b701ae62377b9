import { describe, expect, it } from '@jest/globals';

import { leaveOneOut } from './leave-one-out.js';

const fitted = ['ann', 'ben', 'cid', 'made-1', 'ann', 'ben'].map((speaker) => ({ speaker }));
const scored = ['ann', 'ben', 'cid', 'ann'].map((speaker) => ({ speaker }));

describe('leaveOneOut', () => {
  it('never trains on the speaker it scores, and always on everyone else', async () => {
    const rounds: { trained: Set<string>; tested: Set<string> }[] = [];
    await leaveOneOut(
      fitted,
      scored,
      (others) => Promise.resolve(new Set(others.map(({ speaker }) => speaker))),
      (trained, own) => rounds.push({ trained, tested: new Set(own.map(({ speaker }) => speaker)) }),
    );
    expect(rounds).toEqual([
      { tested: new Set(['ann']), trained: new Set(['ben', 'cid', 'made-1']) },
      { tested: new Set(['ben']), trained: new Set(['ann', 'cid', 'made-1']) },
      { tested: new Set(['cid']), trained: new Set(['ann', 'ben', 'made-1']) },
    ]);
  });

  it('gives each speaker the score of the own recordings', async () => {
    const scores = await leaveOneOut(
      fitted,
      scored,
      () => Promise.resolve(undefined),
      (_, own) => own.length,
    );
    expect([...scores]).toEqual([
      ['ann', 2],
      ['ben', 1],
      ['cid', 1],
    ]);
  });
});
