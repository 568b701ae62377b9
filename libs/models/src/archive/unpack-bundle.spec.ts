import { mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from '@jest/globals';

import { rawZip } from '../../../../test/models/raw-zip.js';
import { card, file, folder, refused, tar, tarGz, unpack, zip } from '../../../../test/models/unpack.js';
import { withFolder } from '../../../../test/with-folder.js';
import { unpackBundle } from './unpack-bundle.js';

describe.each([
  ['zip', zip],
  ['tar.gz', tarGz],
])('unpackBundle of a %s', (_, packed) => {
  it('writes the files of a bundle', async () => {
    const { files } = await unpack(await packed([card, folder('parts'), file('parts/weights.bin', 'w')]));
    expect(files).toEqual({ 'model.yaml': 'name: small', 'parts/weights.bin': 'w' });
  });

  it('takes off the folder around everything, and leaves out what operating systems add', async () => {
    const added = [folder('__MACOSX'), file('__MACOSX/fan/._model.yaml'), file('fan/.DS_Store'), file('._fan')];
    const archive = await packed([...added, folder('fan'), file('fan/model.yaml', 'card'), file('fan/w/w.bin', 'w')]);
    expect((await unpack(archive)).files).toEqual({ 'model.yaml': 'card', 'w/w.bin': 'w' });
  });

  it('takes off `./`, as tar writes it of the folder it is in', async () => {
    const archive = await packed([folder('.'), file('./model.yaml', 'card'), folder('./w'), file('./w/w.bin', 'w')]);
    expect((await unpack(archive)).files).toEqual({ 'model.yaml': 'card', 'w/w.bin': 'w' });
  });

  it.each([
    ['without a card', [file('weights.bin')]],
    ['with the card two folders down', [file('a/b/model.yaml')]],
    ['with files beside the folder of the card', [file('a/model.yaml'), file('b/weights.bin')]],
    ['of nothing', []],
  ])('refuses an archive %s', async (_, files) => {
    expect(await refused(await packed(files))).toContain('has no model.yaml; pack the folder that has the card');
  });

  it('refuses one bad path among good ones before it writes any', async () => {
    expect(await refused(await packed([card, file('../../escaped')]))).toContain('"../../escaped" leads out of');
    expect(await refused(await packed([card, file('/escaped')]))).toContain('"/escaped" has an absolute path');
    expect(await refused(await packed([card, file('C:escaped')]))).toContain('has an absolute path');
    expect(await refused(await packed([card, file('..\\escaped')]))).toContain('has a backslash');
    expect(await refused(await packed([card, file('a\nb')]))).toContain('"a\\nb" has a control character');
    expect(await refused(await packed([card, file('Model.YAML')]))).toContain('twice, or beside a name');
  });

  it('refuses more entries, and more bytes, than may be', async () => {
    const many = Array.from({ length: 9 }, (_, i) => file(`${i}`));
    expect(await refused(await packed([card, ...many]), { maxEntries: 9 })).toContain('more than 9 entries');
    const large = [card, file('w', 'x'.repeat(100_000))];
    expect(await refused(await packed(large), { maxBytes: 100_000 })).toContain('unpacks to more than 100000 bytes');
    expect(await refused(await packed(large), { maxArchiveBytes: 99 })).toContain('at most 99 are taken');
  });
});

it('refuses what is no archive, and says what is one', async () => {
  const others = [Buffer.from('Rar!\x1a\x07'), Buffer.alloc(0), Buffer.from('P'), await tar([card])];
  for (const archive of others) expect(await refused(archive)).toContain('neither a zip nor a tar.gz archive');
});

it('unpacks into nothing but an empty folder', () =>
  withFolder(async (folder) => {
    const archive = join(folder, 'archive.zip');
    await writeFile(archive, rawZip([card]));
    await expect(unpackBundle(archive, folder)).rejects.toThrow('is not empty');
    expect(await readdir(folder)).toEqual(['archive.zip']);
    const into = await mkdtemp(join(folder, 'into-'));
    await unpackBundle(archive, into);
    expect(await readdir(into)).toEqual(['model.yaml']);
  }));
