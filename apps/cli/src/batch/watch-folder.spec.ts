import { utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { withFolder } from '../../../../test/with-folder.js';
import { newFilesIn } from './watch-folder.js';

it('gives each file once that is written to its end, and again when it is taken out', () =>
  withFolder(async (folder) => {
    for (const name of ['known.wav', 'new.wav', 'growing.wav']) await writeFile(join(folder, name), '');
    for (const name of ['known.wav', 'new.wav']) await utimes(join(folder, name), 0, 0);
    await utimes(join(folder, 'growing.wav'), new Date(), new Date(Date.now() + 3_600_000));
    const taken = new Set(['known.wav']);
    const stop = new AbortController();
    const seen: string[][] = [];
    for await (const paths of newFilesIn(folder, taken, stop.signal)) {
      seen.push(paths);
      if (seen.length === 2) stop.abort();
      taken.delete('new.wav');
    }
    expect(seen).toEqual([['new.wav'], ['new.wav']]);
  }));
