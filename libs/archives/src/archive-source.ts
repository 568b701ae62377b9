import type { FileHandle } from 'node:fs/promises';

/** An archive's bytes, wherever they lie. */
export interface ArchiveSource {
  readonly bytes: number;

  /** The bytes from `position` on; fewer than `length` at the end, none after it. Not to be changed. */
  read(position: number, length: number): Promise<Uint8Array>;
}

export function sourceOfBytes(bytes: Uint8Array): ArchiveSource {
  return {
    bytes: bytes.length,
    read: (position, length) => Promise.resolve(bytes.subarray(position, position + length)),
  };
}

/** @param file open for reading, as long as the source is used */
export async function sourceOfFile(file: FileHandle): Promise<ArchiveSource> {
  const { size } = await file.stat();
  return {
    bytes: size,
    read: async (position, length) => {
      const bytes = new Uint8Array(Math.max(0, Math.min(length, size - position)));
      let filled = 0;
      while (filled < bytes.length) {
        const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, position + filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      return bytes.subarray(0, filled);
    },
  };
}

/** So much is read, and unpacked, at a time: zlib's own 16 KiB take twice as long. */
export const pieceBytes = 256 * 1024;

/** The bytes from `start` to before `end`, piece by piece. */
export async function* readPieces(source: ArchiveSource, start: number, end: number): AsyncGenerator<Uint8Array> {
  for (let position = start; position < end; position += pieceBytes)
    yield await source.read(position, Math.min(pieceBytes, end - position));
}
