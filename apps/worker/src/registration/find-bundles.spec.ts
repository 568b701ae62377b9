import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { withFolder } from '../../../../test/with-folder.js';
import { findBundles } from './find-bundles.js';

async function writeCards(root: string, ...folders: string[]): Promise<void> {
  for (const folder of folders) {
    await mkdir(join(root, folder), { recursive: true });
    await writeFile(join(root, folder, 'model.yaml'), '');
  }
}

describe('the bundles in a folder', () => {
  it('are those with a card, up to two folders down, in order', () =>
    withFolder(async (root) => {
      await writeCards(root, 'b/1.0.0', 'a/2.0.0', 'a/1.0.0', 'c', 'd/e/too-deep', '.hidden/1.0.0');
      const found = await findBundles([root]);
      expect(found).toEqual(['a/1.0.0', 'a/2.0.0', 'b/1.0.0', 'c'].map((folder) => join(root, folder)));
    }));

  it('may be the folder itself', () =>
    withFolder(async (root) => {
      await writeCards(root, 'fan', 'fan/nested');
      expect(await findBundles([join(root, 'fan')])).toEqual([join(root, 'fan')]);
    }));

  it('are none in an empty one', () => withFolder(async (root) => expect(await findBundles([root])).toEqual([])));

  it('cannot be looked for in a folder that is not there', () =>
    withFolder((root) => expect(findBundles([join(root, 'nowhere')])).rejects.toThrow('nowhere')));
});
