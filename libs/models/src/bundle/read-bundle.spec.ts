import { mkdir, readFile, rename, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from '@jest/globals';

import { writeSmallBundle } from '../../../../test/models/make-bundle.js';
import { withFolder } from '../../../../test/with-folder.js';
import { readBundle } from './read-bundle.js';

/** Runs `change` on a folder with a small bundle, and reads it. */
function readAfter(change: (folder: string) => Promise<void>) {
  return withFolder(async (folder) => {
    const bundle = join(folder, 'bundle');
    await mkdir(bundle);
    await writeSmallBundle(bundle);
    await change(bundle);
    return readBundle(bundle);
  });
}

describe('readBundle', () => {
  it('reads the card, the weights and the files these refer to', async () => {
    const { card, weights } = await readAfter(() => Promise.resolve());
    expect(card.name).toBe('small');
    expect([...weights.keys()]).toEqual(['model.json', 'weights.bin']);
  });

  it('follows a link within the folder, as mounted configuration has them', async () => {
    const { weights } = await readAfter(async (folder) => {
      await mkdir(join(folder, '..data'));
      await rename(join(folder, 'weights.bin'), join(folder, '..data', 'weights.bin'));
      await symlink(join('..data', 'weights.bin'), join(folder, 'weights.bin'));
    });
    expect(weights.get('weights.bin')).toHaveLength(456);
  });

  it('does not follow a link out of the folder', async () => {
    const read = readAfter(async (folder) => {
      await rename(join(folder, 'weights.bin'), join(folder, '..', 'weights.bin'));
      await symlink(join('..', 'weights.bin'), join(folder, 'weights.bin'));
    });
    await expect(read).rejects.toThrow('weights.bin is not a file inside the bundle');
  });

  it('refuses a folder in place of a file', async () => {
    const read = readAfter(async (folder) => {
      await rename(join(folder, 'weights.bin'), join(folder, 'old.bin'));
      await mkdir(join(folder, 'weights.bin'));
    });
    await expect(read).rejects.toThrow('weights.bin is not a file inside the bundle');
  });

  it('refuses a card or weights that are too large, without reading them', async () => {
    const largeCard = readAfter((folder) => writeFile(join(folder, 'model.yaml'), ' '.repeat(300_000)));
    await expect(largeCard).rejects.toThrow('model.yaml has 300000 bytes; at most 262144 are read');
    const largeWeights = readAfter((folder) => truncate(join(folder, 'weights.bin'), 2 ** 29));
    await expect(largeWeights).rejects.toThrow('weights.bin has 536870912 bytes; at most');
  });

  it('refuses a file that is named twice, with which a small bundle would be as large as it likes', async () => {
    const read = readAfter(async (folder) => {
      const path = join(folder, 'model.json');
      const model = JSON.parse(await readFile(path, 'utf8')) as { weightsManifest: { paths: string[] }[] };
      model.weightsManifest[0]!.paths.push('./weights.bin');
      await writeFile(path, JSON.stringify(model));
    });
    await expect(read).rejects.toThrow('the bundle names the file weights.bin twice');
  });

  it('says that a folder is missing', async () => {
    await withFolder(async (folder) => {
      await expect(readBundle(join(folder, 'none'))).rejects.toThrow('none');
    });
  });
});
