import { gzipSync } from 'node:zlib';

import { describe, expect, it } from '@jest/globals';

import { rawZip } from '../../../test/models/raw-zip.js';
import { randomBytes } from '../../../test/models/random-bytes.js';
import { file, tar } from '../../../test/models/unpack.js';
import { ArchiveError, EntryError } from './archive-error.js';
import { archiveFormatOf, type ArchiveFormat } from './archive-format.js';
import { sourceOfBytes } from './archive-source.js';
import type { ArchiveLimits } from './limits.js';
import { readEntries } from './read-entries.js';

const limits: ArchiveLimits = { maxArchiveBytes: 2 ** 30, maxEntries: 1000, maxBytes: 2 ** 30, maxRatio: 200 };

/** Each entry with its bytes as text, or what is wrong with it. */
async function entriesOf(archive: Uint8Array, most: Partial<ArchiveLimits> = {}): Promise<[string, string][]> {
  const format = archiveFormatOf(archive.subarray(0, 512))!;
  const read: [string, string][] = [];
  for await (const entry of readEntries(sourceOfBytes(archive), format, { ...limits, ...most })) {
    if (entry.fault !== null) read.push([entry.path, entry.fault]);
    else read.push([entry.path, await contentOf(entry.pieces())]);
  }
  return read;
}

async function contentOf(pieces: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  try {
    for await (const piece of pieces) parts.push(piece);
  } catch (error) {
    if (error instanceof EntryError) return error.message;
    throw error;
  }
  return Buffer.concat(parts).toString('latin1');
}

const refusedBy = (archive: Uint8Array, most?: Partial<ArchiveLimits>): Promise<string> =>
  entriesOf(archive, most).then(
    () => 'taken',
    (error: unknown) => (error instanceof ArchiveError ? error.message : `not an ArchiveError: ${String(error)}`),
  );

describe('readEntries', () => {
  it('tells formats apart by their bytes', async () => {
    const formats: [Uint8Array, ArchiveFormat | null][] = [
      [rawZip([file('a')]), 'zip'],
      [rawZip([]), 'zip'],
      [await tar([file('a')]), 'tar'],
      [gzipSync('a'), 'tar.gz'],
      [Buffer.from('{"model": "PK"}'), null],
      [Buffer.from('PK'), null],
      [new Uint8Array(), null],
    ];
    for (const [bytes, format] of formats) expect(archiveFormatOf(bytes.subarray(0, 512))).toBe(format);
  });

  it('reads the same of a zip, a tar and a tar.gz', async () => {
    const files = [{ ...file('a/b.wav', 'one') }, { ...file('c.wav', 'two') }];
    const expected = [
      ['a/b.wav', 'one'],
      ['c.wav', 'two'],
    ];
    expect(await entriesOf(rawZip(files))).toEqual(expected);
    expect(await entriesOf(await tar(files))).toEqual(expected);
    expect(await entriesOf(gzipSync(await tar(files)))).toEqual(expected);
  });

  it('goes on behind an entry of a zip that cannot be read', async () => {
    const archive = rawZip([
      { path: 'encrypted', content: 'x', flags: 1 },
      { path: 'bzip2', content: 'x', method: 12 },
      { path: 'link', content: '/etc/passwd', mode: 0o120777 },
      { path: 'checksum', content: 'x', crc32: 1 },
      { path: 'longer', content: 'x'.repeat(100), bytes: 1 },
      { path: 'shorter', content: 'x', bytes: 100 },
      { path: 'elsewhere', content: 'x', localPath: 'other-one' },
      { path: 'garbage', packed: randomBytes(50), bytes: 50 },
      { path: 'sound', content: 'sound' },
    ]);
    const read = Object.fromEntries(await entriesOf(archive));
    expect(read).toEqual({
      encrypted: expect.stringContaining('is encrypted'),
      bzip2: expect.stringContaining('is packed by method 12'),
      link: expect.stringContaining('is a link or a device'),
      checksum: expect.stringContaining('its checksum is wrong'),
      longer: expect.stringContaining('unpacks to more than it says'),
      shorter: expect.stringContaining('unpacks to less than it says'),
      elsewhere: expect.stringContaining('another name'),
      garbage: expect.stringContaining('is damaged'),
      sound: 'sound',
    });
  });

  it('goes on behind a link in a tar, and behind an entry that is not read', async () => {
    const archive = await tar([
      { name: 'link', type: 'symlink', linkname: '/etc/passwd' },
      file('skipped', 'x'.repeat(5000)),
      file('sound', 'sound'),
    ]);
    const paths: string[] = [];
    for await (const { path, fault } of readEntries(sourceOfBytes(archive), 'tar', limits))
      paths.push(fault === null ? path : 'fault');
    expect(paths).toEqual(['fault', 'skipped', 'sound']);
  });

  it('refuses an archive that unpacks to more than it may', async () => {
    const zeros = new Uint8Array(32 * 2 ** 20);
    expect(await refusedBy(rawZip([{ path: 'zeros', content: zeros }]))).toMatch(/more than 200 times its/);
    expect(await refusedBy(gzipSync(await tar([{ name: 'zeros', content: Buffer.from(zeros) }])))).toMatch(
      /more than 200 times its/,
    );
    expect(await refusedBy(rawZip([file('a'), file('b')]), { maxEntries: 1 })).toMatch(/more than 1 entries/);
    const shared = { content: randomBytes(1000) };
    expect(
      await refusedBy(
        rawZip([
          { path: 'a', ...shared },
          { path: 'b', ...shared, offset: 0 },
        ]),
      ),
    ).toContain('entry 1 and entry 2 overlap');
    expect(await refusedBy(rawZip([file('a', 'abc')]), { maxBytes: 2 })).toMatch(/unpacks to more than 2 bytes/);
  });

  it('refuses or reads an archive that is cut off or damaged anywhere, and does nothing else', async () => {
    const files = Array.from({ length: 5 }, (_, i) => file(`f${i}`, randomBytes(700, i).toString('latin1')));
    const archives: [ArchiveFormat, Uint8Array][] = [
      ['zip', rawZip(files)],
      ['tar', await tar(files)],
      ['tar.gz', gzipSync(await tar(files))],
    ];
    for (const [format, archive] of archives) {
      const outcomes = { taken: 0, refused: 0 };
      for (let seed = 0; seed < 120; seed++) {
        const random = randomBytes(8, seed);
        const copy = Buffer.from(archive);
        copy[random.readUInt32LE(0) % copy.length]! ^= 1 << (seed % 8);
        const bytes = seed % 3 === 0 ? copy.subarray(0, random.readUInt32LE(4) % copy.length) : copy;
        outcomes[await readAll(bytes, format)]++;
      }
      expect(outcomes.refused).toBeGreaterThan(20);
    }
  });
});

async function readAll(bytes: Uint8Array, format: ArchiveFormat): Promise<'taken' | 'refused'> {
  try {
    for await (const entry of readEntries(sourceOfBytes(bytes), format, limits)) await contentOf(entry.pieces());
    return 'taken';
  } catch (error) {
    if (error instanceof ArchiveError) return 'refused';
    throw error;
  }
}
