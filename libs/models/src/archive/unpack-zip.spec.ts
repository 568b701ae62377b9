import { deflateRawSync } from 'node:zlib';

import { describe, expect, it } from '@jest/globals';

import { rawZip } from '../../../../test/models/raw-zip.js';
import { card, file, refused, unpack } from '../../../../test/models/unpack.js';

describe('unpackBundle of a zip', () => {
  it('refuses links, and never follows one', async () => {
    const link = { path: 'out', content: '/tmp', mode: 0o120777 };
    expect(await refused(rawZip([card, link, { path: 'out/escaped' }]))).toContain('is a link or a device');
  });

  it('refuses a gibibyte of zeros in a mebibyte', async () => {
    // Deflate in blocks that can follow each other in any number, each of 64 MiB of zeros.
    const block = deflateRawSync(Buffer.alloc(2 ** 26), { finishFlush: 2 });
    const packed = Buffer.concat([...Array<Buffer>(16).fill(block), deflateRawSync('')]);
    const bomb = { path: 'weights.bin', packed, bytes: 2 ** 30 };
    expect(packed.length).toBeLessThan(2 ** 21);
    expect(await refused(rawZip([card, bomb]))).toContain('unpacks to more than 1073741824 bytes');
    const limits = { maxBytes: 2 ** 31 };
    expect(await refused(rawZip([card, bomb]), limits)).toMatch(/more than 200 times its \d+ bytes/);
    expect(await refused(rawZip([card, { ...bomb, bytes: 1000 }]))).toContain('it unpacks to more than it says');
  });

  it('does not unpack archives in archives', async () => {
    let nested = rawZip([{ path: '0', content: 'x'.repeat(10_000) }]);
    for (let level = 1; level < 6; level++) {
      const copies = Array.from({ length: 16 }, (_, i) => ({ path: `${level}-${i}.zip`, content: nested }));
      nested = rawZip(level === 5 ? [card, ...copies] : copies);
    }
    const { files } = await unpack(nested);
    expect(Object.keys(files)).toHaveLength(17);
  });

  it('refuses files that overlap each other or the directory', async () => {
    const shared = { content: Buffer.alloc(9000, 'x') };
    const files = [card, ...Array.from({ length: 50 }, () => ({ path: 'a', ...shared, offset: 70 }))];
    const named = files.map((entry, i) => (i === 0 ? entry : { ...entry, path: `${i}`.padStart(2, '0') }));
    expect(await refused(rawZip(named))).toMatch(/damaged/);
    const over = { path: 'w', content: 'abcd', method: 0, packedBytes: 30, bytes: 30 };
    expect(await refused(rawZip([card, over]))).toContain('overlap');
  });

  it('writes nothing of an archive whose last file turns out to be damaged', async () => {
    expect(await refused(rawZip([card, file('a', 'a'), { path: 'z', content: 'z', crc32: 1 }]))).toContain('checksum');
  });
});
