import { buffer } from 'node:stream/consumers';
import { deflateRawSync } from 'node:zlib';

import { describe, expect, it } from '@jest/globals';
import { ZipFile } from 'yazl';

import { rawZip, type RawZipFile } from '../../../../test/models/raw-zip.js';
import { ModelError } from '../errors.js';
import { unzip } from './unzip.js';

const text = (files: Map<string, Uint8Array>) =>
  Object.fromEntries([...files].map(([path, bytes]) => [path, new TextDecoder().decode(bytes)]));

/** What is said of an archive of these files. */
async function refused(files: readonly RawZipFile[], entryCount?: number): Promise<string> {
  const error: unknown = await unzip(rawZip(files, entryCount)).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ModelError);
  return (error as ModelError).message;
}

describe('unzip', () => {
  it('unpacks files of any folder, compressed and not', async () => {
    const archive = rawZip([
      { path: 'config.json', content: '{}' },
      { path: 'layers/' },
      { path: 'layers/dense/vars.txt', content: 'values', method: 0 },
    ]);
    expect(text(await unzip(archive))).toEqual({ 'config.json': '{}', 'layers/dense/vars.txt': 'values' });
  });

  it('reads sizes after the bytes, 64-bit headers, and what follows the bytes of a file', async () => {
    const zip = new ZipFile();
    zip.addReadStream((await import('node:stream')).Readable.from([Buffer.from('one')]), 'streamed', {
      forceZip64Format: true,
    });
    zip.addBuffer(Buffer.from('two'), 'kept', { compress: false });
    zip.end({ forceZip64Format: true, comment: 'of no interest' });
    expect(text(await unzip(await buffer(zip.outputStream)))).toEqual({ streamed: 'one', kept: 'two' });
  });

  it('leaves out what operating systems add', async () => {
    const archive = rawZip(['a', '.DS_Store', 'b/.DS_Store', '__MACOSX/a', '._a'].map((path) => ({ path })));
    expect([...(await unzip(archive)).keys()]).toEqual(['a']);
  });

  it.each<[string, RawZipFile, string]>([
    ['an absolute path', { path: '/etc/passwd' }, 'has an absolute path'],
    ['a drive', { path: 'C:/a' }, 'has an absolute path'],
    ['a way out', { path: 'a/../../b' }, 'leads out of the folder'],
    ['a way out among what is left out', { path: '__MACOSX/../../b' }, 'leads out of the folder'],
    ['a backslash', { path: '..\\b' }, 'has a backslash'],
    ['NUL', { path: 'model.yaml\0.txt' }, 'has a control character'],
    ['no name', { path: '' }, 'has an empty name'],
    ['an empty name', { path: 'a//b' }, 'has an empty name'],
    ['a long name', { path: 'ä'.repeat(128) }, 'has a path of over 1000 bytes, or a name of over 255'],
    ['a long path', { path: `${'a'.repeat(200)}/`.repeat(6) + 'a' }, 'has a path of over 1000 bytes'],
    ['a deep path', { path: 'a/'.repeat(17) + 'a' }, 'lies deeper than 16 folders'],
    ['a link', { path: 'a', content: '/etc/passwd', mode: 0o120777 }, 'is a link or a device'],
    ['a device', { path: 'a', mode: 0o020666 }, 'is a link or a device'],
    ['a pipe', { path: 'a', mode: 0o010666 }, 'is a link or a device'],
    ['encryption', { path: 'a', flags: 1 }, 'is encrypted'],
    ['strong encryption', { path: 'a', flags: 0x41 }, 'strong encryption is not supported'],
    ['a method that is not supported', { path: 'a', method: 12 }, 'is packed by method 12'],
    ['two names', { path: 'a', localPath: 'b' }, 'has another name in the directory'],
    ['a wrong checksum', { path: 'a', content: 'a', crc32: 1 }, 'its checksum is wrong'],
    ['more bytes than it says', { path: 'a', content: 'ab', bytes: 1 }, 'it unpacks to more than it says'],
    ['fewer bytes than it says', { path: 'a', content: 'ab', bytes: 3 }, 'it unpacks to less than it says'],
    ['a folder with bytes', { path: 'a/', content: 'ab' }, 'is a folder with bytes'],
    ['two sizes without compression', { path: 'a', content: 'ab', method: 0, bytes: 1 }, 'has two sizes'],
    ['bytes that are no deflate', { path: 'a', packed: Uint8Array.of(7, 7, 7), bytes: 9 }, 'is damaged (invalid'],
    ['a cut end', { path: 'a', packed: deflateRawSync('abcdefgh').subarray(0, 4), bytes: 8 }, 'unexpected end'],
    ['bytes after the archive', { path: 'a', packedBytes: 5000 }, 'file data overflows file bounds'],
    ['a place after the archive', { path: 'a', offset: 5000 }, 'unexpected EOF'],
    [
      'a place that no file has',
      { path: 'a', zip64: { bytes: 0n, packedBytes: 0n, offset: 2n ** 63n } },
      'unexpected EOF',
    ],
    [
      'sizes that no file has',
      { path: 'a', zip64: { bytes: 2n ** 62n, packedBytes: 2n, offset: 0n } },
      'unpacks to more than 1073741824 bytes',
    ],
  ])('refuses %s', async (_, file, message) => {
    expect(await refused([file])).toContain(message);
  });

  it.each([
    ['twice the same', ['a', 'a']],
    ['another case', ['Model.yaml', 'model.yaml']],
    ['another normal form', ['\u00e9', 'e\u0301']],
    ['a file in place of a folder', ['a', 'a/b']],
    ['a folder in place of a file', ['a/b', 'A']],
  ])('refuses names that may be one: %s', async (_, paths) => {
    expect(await refused(paths.map((path) => ({ path })))).toContain(
      'twice, or beside a name that differs only in case',
    );
  });

  it('refuses files that share bytes', async () => {
    const kernel = { content: Buffer.alloc(1000) };
    expect(
      await refused([
        { path: 'a', ...kernel },
        { path: 'a', offset: 0, ...kernel },
      ]),
    ).toContain('overlap');
  });

  it('refuses more entries than may be, whatever their number is said to be', async () => {
    const many = Array.from({ length: 1001 }, (_, i) => ({ path: `${i}` }));
    expect(await refused(many)).toContain('more than 1000 entries');
    expect(await refused([{ path: 'a' }], 65_000)).toContain('unexpected EOF');
  });

  it('refuses what unpacks to far more than weights do, before unpacking it', async () => {
    const zeros = { path: 'zeros', content: new Uint8Array(32 * 2 ** 20) };
    expect(await refused([zeros])).toMatch(/unpacks to more than 200 times its \d+ bytes/);
    expect(await refused([{ ...zeros, bytes: 1 }])).toContain('it unpacks to more than it says');
  });

  it('refuses what is above the limits it is given', async () => {
    const archive = rawZip([{ path: 'a', content: 'abc' }]);
    await expect(unzip(archive, { maxBytes: 2 })).rejects.toThrow('unpacks to more than 2 bytes');
    await expect(unzip(archive, { maxArchiveBytes: 9 })).rejects.toThrow('at most 9 are taken');
  });

  it.each([
    ['nothing', 0],
    ['something else', 100],
  ])('refuses %s', async (_, bytes) => {
    await expect(unzip(new Uint8Array(bytes))).rejects.toThrow('End of central directory record signature not found');
  });
});
