import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { withFolder } from '../../../../test/with-folder.js';
import { walkFolder } from './walk-folder.js';

it('finds recordings and images at any depth, in one order, and counts the rest', () =>
  withFolder(async (folder) => {
    await mkdir(join(folder, 'b', 'deep'), { recursive: true });
    await mkdir(join(folder, '.hidden'));
    for (const name of ['z.wav', 'b/a.FLAC', 'b/deep/x.png', 'notes.txt', 'b/README', '.DS_Store', '.hidden/h.wav'])
      await writeFile(join(folder, name), '');
    await symlink(folder, join(folder, 'b', 'round'));
    await symlink(join(folder, 'z.wav'), join(folder, 'linked.wav'));
    expect(await walkFolder(folder)).toEqual({ files: ['b/a.FLAC', 'b/deep/x.png', 'z.wav'], leftOut: 2 });
  }));

it('says which folder cannot be read', () =>
  withFolder((folder) =>
    expect(walkFolder(join(folder, 'none'))).rejects.toThrow(/none cannot be read: there is no such file$/),
  ));
