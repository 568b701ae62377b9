import { gzipSync } from 'node:zlib';

import { describe, expect, it } from '@jest/globals';

import { card, file, refused, summed, tar, tarGz, unpack, type TarFile } from '../../../../test/models/unpack.js';

describe('unpackBundle of a tar.gz', () => {
  it.each<[string, TarFile]>([
    ['a symbolic link', { name: 'w', type: 'symlink', linkname: '/etc/passwd' }],
    ['a link within the folder', { name: 'w', type: 'symlink', linkname: 'model.yaml' }],
    ['a hard link', { name: 'w', type: 'link', linkname: '../../archive' }],
    ['a device', { name: 'w', type: 'character-device', devmajor: 1, devminor: 3 }],
    ['a block device', { name: 'w', type: 'block-device' }],
    ['a pipe', { name: 'w', type: 'fifo' }],
  ])('refuses %s', async (_, entry) => {
    expect(await refused(await tarGz([card, entry]))).toContain('"w" is a link or a device');
  });

  it('reads long paths as POSIX and as GNU tar write them', async () => {
    const long = `${'p'.repeat(120)}/${'q'.repeat(120)}.bin`;
    const gnu = await tar([card, { name: 'LONG', content: long + '\0' }, file('short', 'w')]);
    asType(gnu, 'LONG', 'L');
    const posix = await tarGz([card, file(long, 'w'), file('ä/ö', 'ü')]);
    expect((await unpack(posix)).files).toEqual({ 'model.yaml': 'name: small', [long]: 'w', 'ä/ö': 'Ã¼' });
    expect((await unpack(gzipSync(gnu))).files).toEqual({ 'model.yaml': 'name: small', [long]: 'w' });
  });

  it('refuses long paths that lead out, and sizes and records that are none', async () => {
    const extended = async (type: string, content: string) => {
      const archive = await tar([card, { name: 'EXTENDED', content }, file('short', 'w')]);
      return refused(gzipSync(asType(archive, 'EXTENDED', type)));
    };
    expect(await extended('L', '../../escaped\0')).toContain('leads out of the folder');
    expect(await extended('x', '22 path=../../escaped\n')).toContain('leads out of the folder');
    expect(await extended('x', '14 path=a\0/b\n')).toMatch(/control character|extended header/);
    expect(await extended('x', '13 size=-100\n')).toContain('"-100" is no size');
    expect(await extended('x', '24 size=999999999999999\n')).toContain('unpacks to more than 1073741824 bytes');
    expect(await extended('x', '-5 a=b\n')).toContain('an extended header is not written as it should be');
    expect(await extended('x', '99999 path=a\n')).toContain('an extended header is not written as it should be');
    expect(await extended('x', '22 GNU.sparse.major=1\n')).toContain('sparse file');
    expect(await extended('x', 'x'.repeat(70_000))).toContain('an extended header has more than 65536 bytes');
    expect(await extended('S', '')).toContain('is of type "S"');
  });

  it('ignores the comment that git writes for all entries', async () => {
    const archive = await tar([{ name: 'pax_global_header', content: '19 comment=0123456\n' }, card]);
    const { files } = await unpack(gzipSync(asType(archive, 'pax_global_header', 'g')));
    expect(Object.keys(files)).toEqual(['model.yaml']);
  });

  it('refuses sizes that no file has', async () => {
    const archive = await tar([card, file('w', 'w')]);
    const header = archive.subarray(1024, 1536);
    header.fill(0xff, 124, 136);
    header[124] = 0x80;
    expect(await refused(gzipSync(summed(archive, 1024)))).toContain('a header has a size that no file has');
  });

  it('refuses an archive that unpacks to far more than weights do, before or behind its end', async () => {
    const zeros = Buffer.alloc(2 ** 25);
    const ratio = /more than 200 times its \d+ bytes/;
    expect(await refused(await tarGz([card, { name: 'w', content: zeros }]))).toMatch(ratio);
    expect(await refused(gzipSync(Buffer.concat([await tar([card]), zeros])))).toMatch(ratio);
  });

  it('refuses headers of long paths without end', async () => {
    const one = (await tar([{ name: 'LONG', content: 'path\0' }])).subarray(0, 1024);
    const archive = Buffer.concat(Array<Buffer>(40).fill(asType(one, 'LONG', 'L')));
    expect(await refused(gzipSync(archive), { maxEntries: 10 })).toContain('more than 10 entries');
  });

  it('refuses a wrong checksum, of a header or of the whole', async () => {
    const archive = await tar([card, file('w', 'w')]);
    const packed = gzipSync(archive);
    packed[packed.length - 8]! ^= 1;
    expect(await refused(packed)).toContain('not gzip as it should be (incorrect data check)');
    archive[1024]! ^= 1;
    expect(await refused(gzipSync(archive))).toContain('a header has a wrong checksum');
  });
});

/** Gives the entry another type, which tar-stream would not write. Changes the archive. */
function asType(archive: Buffer, name: string, type: string): Buffer {
  const at = archive.indexOf(name);
  archive[at + 156] = type.charCodeAt(0);
  return summed(archive, at);
}
