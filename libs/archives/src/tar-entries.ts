import { refusal } from './archive-error.js';
import type { ReadableEntry } from './readable-entry.js';
import { shownPath } from './entry-paths.js';
import { requireEntryCount, type ArchiveLimits } from './limits.js';
import { PieceReader } from './piece-reader.js';
import { damaged, parsePaxRecords, parsePaxSize, parseTarHeader, tarBlockBytes, text } from './tar-header.js';

/** What the headers before an entry's own say of it. */
interface Extended {
  path?: string;
  bytes?: number;
}

/** Bytes of an extended header; a path has no more than 4,096 on any system. */
const maxExtendedBytes = 64 * 1024;

/**
 * The entries of a tar archive, one after the other: POSIX and GNU archives, with long paths of both kinds. It is read
 * here and not by tar-stream, which takes extended headers of 4 MiB each and of any number. What an entry's reader has not
 * read is skipped.
 *
 * @throws ArchiveError if the archive is damaged
 */
export async function* readTar(
  archive: AsyncIterable<Uint8Array>,
  limits: ArchiveLimits,
): AsyncGenerator<ReadableEntry> {
  const reader = new PieceReader(archive);
  try {
    let extended: Extended = {};
    for (let headers = 1; ; headers++) {
      const block = await reader.exactly(tarBlockBytes);
      if (block.every((byte) => byte === 0)) break;
      if (block.length < tarBlockBytes) throw damaged('it is cut off');
      // Headers of long paths count, so that nothing is endless; an entry has two of them at most.
      requireEntryCount(Math.ceil(headers / 3), limits);
      const header = parseTarHeader(block);
      if ('xgLK'.includes(header.type)) {
        extended = { ...extended, ...(await readExtended(reader, header.type, header.bytes)) };
        continue;
      }
      const { path = header.path, bytes = header.bytes } = extended;
      const content = new TarContent(reader, bytes);
      yield { path, bytes, ...kindOf(header.type, path, bytes), pieces: () => content.pieces() };
      await content.skipRest();
      extended = {};
    }
    // What is behind the end is read as well, for the checksum that is at the very end.
    while (await reader.some(Number.MAX_SAFE_INTEGER)) continue;
  } finally {
    await reader.close();
  }
}

async function readExtended(reader: PieceReader, type: string, bytes: number): Promise<Extended> {
  if (bytes > maxExtendedBytes) throw damaged(`an extended header has more than ${maxExtendedBytes} bytes`);
  const padded = await reader.exactly(paddedBytes(bytes));
  if (padded.length < bytes) throw damaged('it is cut off');
  const content = padded.subarray(0, bytes);
  if (type === 'L') return { path: text(content) };
  // `K` is the target of a link, and a link is refused.
  if (type === 'K') return {};
  const records = parsePaxRecords(content);
  // What `g` says is for all entries; archives of git have a comment there, and no path is for all.
  if (type === 'g') return {};
  if ([...records.keys()].some((key) => key.startsWith('GNU.sparse')))
    throw refusal('the archive has a sparse file, which is not supported; pack it without --sparse');
  const [path, size] = [records.get('path'), records.get('size')];
  return { ...(path !== undefined && { path }), ...(size !== undefined && { bytes: parsePaxSize(size) }) };
}

function kindOf(type: string, path: string, bytes: number): Pick<ReadableEntry, 'kind' | 'fault'> {
  const wrong = (what: string) => ({ kind: 'file', fault: `the archive's entry ${shownPath(path)} ${what}` }) as const;
  if (type === '5' || ('0\0'.includes(type) && path.endsWith('/')))
    return bytes > 0 ? wrong('is a folder with bytes; make the archive again') : { kind: 'folder', fault: null };
  if ('0\0'.includes(type) || type === '7') return { kind: 'file', fault: null };
  if ('12346'.includes(type)) return wrong('is a link or a device; pack only files and folders');
  return wrong(`is of type ${shownPath(type)}, which is not supported; pack only files and folders`);
}

/** An entry's bytes as far as they were not read yet, and those that fill its last block. */
class TarContent {
  private left: number;
  private readonly filling: number;

  constructor(
    private readonly reader: PieceReader,
    bytes: number,
  ) {
    this.left = bytes;
    this.filling = paddedBytes(bytes) - bytes;
  }

  async *pieces(): AsyncGenerator<Uint8Array> {
    while (this.left > 0) {
      const piece = await this.reader.some(this.left);
      if (piece === undefined) throw damaged('it is cut off');
      this.left -= piece.length;
      yield piece;
    }
  }

  async skipRest(): Promise<void> {
    // eslint-disable-next-line @typescript-eslint/no-unused-vars -- to skip is to read
    for await (const _ of this.pieces()) continue;
    await this.reader.exactly(this.filling);
  }
}

function paddedBytes(bytes: number): number {
  return Math.ceil(bytes / tarBlockBytes) * tarBlockBytes;
}
