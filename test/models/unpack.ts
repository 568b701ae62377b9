import { mkdir, readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';

import { expect } from '@jest/globals';
import { pack, type Header } from 'tar-stream';

import { unpackBundle } from '../../libs/models/src/archive/unpack-bundle.js';
import { ModelError } from '../../libs/models/src/errors.js';
import { withFolder } from '../with-folder.js';
import { rawZip, type RawZipFile } from './raw-zip.js';

/** What became of an archive: the files that lie in the folder afterwards, and what was thrown. */
export interface Unpacked {
  files: Record<string, string>;
  /** Whether anything was written, also if it is gone again. */
  touched: boolean;
  error?: unknown;
}

/** Unpacks an archive, and sees that nothing was written beside the folder it was unpacked into. */
export function unpack(archive: Uint8Array, limits?: Parameters<typeof unpackBundle>[2]): Promise<Unpacked> {
  return withFolder(async (folder) => {
    await writeFile(join(folder, 'archive'), archive);
    await mkdir(join(folder, 'a', 'b', 'into'), { recursive: true });
    const into = join(folder, 'a', 'b', 'into');
    await utimes(into, 0, 0);
    const error: unknown = await unpackBundle(join(folder, 'archive'), into, limits).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect((await readdir(folder, { recursive: true })).filter((path) => !path.startsWith('a/b/into/'))).toEqual(
      expect.arrayContaining(['a', 'a/b', 'a/b/into', 'archive']),
    );
    expect(await readdir(folder)).toHaveLength(2);
    expect([...(await readdir(join(folder, 'a'))), ...(await readdir(join(folder, 'a', 'b')))]).toEqual(['b', 'into']);
    const touched = (await stat(into)).mtimeMs > 0;
    return { files: await contentOf(into), touched, ...(error !== undefined && { error }) };
  });
}

async function contentOf(folder: string): Promise<Record<string, string>> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  expect(found.every((item) => item.isFile() || item.isDirectory())).toBe(true);
  const paths = found.filter((item) => item.isFile()).map((item) => join(item.parentPath, item.name));
  const entries = paths.map(async (path) => [path.slice(folder.length + 1), await readFile(path, 'latin1')] as const);
  return Object.fromEntries(await Promise.all(entries));
}

/** What is said of an archive, of which nothing may be left. */
export async function refused(archive: Uint8Array, limits?: Parameters<typeof unpackBundle>[2]): Promise<string> {
  const { files, error } = await unpack(archive, limits);
  expect(files).toEqual({});
  expect(error).toBeInstanceOf(ModelError);
  return (error as ModelError).message;
}

/** A file as a tar archive shall claim it to be. */
export type TarFile = Partial<Header> & { name: string; content?: string | Buffer };

export async function tar(files: readonly TarFile[]): Promise<Buffer> {
  const archive = pack();
  for (const { content = '', ...header } of files) archive.entry(header, content);
  archive.finalize();
  return buffer(archive);
}
export const tarGz = async (files: readonly TarFile[]) => gzipSync(await tar(files));
export const zip = (files: readonly RawZipFile[]) => Promise.resolve(rawZip(files));

export const card = { path: 'model.yaml', name: 'model.yaml', content: 'name: small' };
export const file = (path: string, content = '') => ({ path, name: path, content });
export const folder = (path: string) => ({ path: `${path}/`, name: `${path}/`, type: 'directory' as const });

/** Writes the checksum of the tar header that begins `at`. Changes the archive. */
export function summed(archive: Buffer, at: number): Buffer {
  const header = archive.subarray(at, at + 512);
  header.fill(' ', 148, 156);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return archive;
}
