import { createReadStream, createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { pack } from 'tar-stream';

import type { BundleFile } from './bundle-files.js';

/**
 * Writes files as a tar.gz archive. Equal files give equal archives: neither times nor owners are in it.
 *
 * @param archive path of the archive, which is replaced
 */
export async function packBundle(files: readonly BundleFile[], archive: string, signal: AbortSignal): Promise<void> {
  const tar = pack();
  const written = pipeline(Readable.from(tar), createGzip(), createWriteStream(archive), { signal });
  const packed = packFiles(tar, files).catch((error: unknown) => {
    tar.destroy(error as Error);
    throw error;
  });
  await Promise.all([packed, written]);
}

async function packFiles(tar: ReturnType<typeof pack>, files: readonly BundleFile[]): Promise<void> {
  for (const { path, file, bytes } of files) {
    const entry = tar.entry({ name: path, size: bytes, mtime: new Date(0) });
    await pipeline(createReadStream(file), entry as unknown as NodeJS.WritableStream);
  }
  tar.finalize();
}
