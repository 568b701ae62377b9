import { crc32, deflateRawSync } from 'node:zlib';

/** A file as a zip archive shall claim it to be; what is left out is as it should be. */
export interface RawZipFile {
  path: string | Uint8Array;
  content?: Uint8Array | string;
  /** 0, none, or 8, deflate, for which the content is deflated. */
  method?: number;
  /** The packed bytes, in place of those that follow from the content. */
  packed?: Uint8Array;
  /** Unpacked bytes, as claimed. */
  bytes?: number;
  packedBytes?: number;
  crc32?: number;
  flags?: number;
  /** UNIX type and permissions. */
  mode?: number;
  /** The path where the file lies, if it is to differ from that in the directory. */
  localPath?: string;
  /** Where the directory says it lies, in place of where it does. */
  offset?: number;
  /** Sizes and offset as 64 bits in an extra field. */
  zip64?: { bytes: bigint; packedBytes: bigint; offset: bigint };
}

/** A zip archive with any lie in it that is asked for. */
export function rawZip(files: readonly RawZipFile[], entryCount = files.length): Uint8Array {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const file of files) {
    const entry = claimsOf(file);
    const local = Buffer.concat([localHeader(entry), Buffer.from(file.localPath ?? file.path), entry.packed]);
    directory.push(directoryHeader({ ...entry, offset: file.offset ?? offset }, file));
    parts.push(local);
    offset += local.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entryCount, 8);
  end.writeUInt16LE(entryCount, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, ...directory, end]);
}

function claimsOf(file: RawZipFile) {
  const { method = 8 } = file;
  const content = Buffer.from(file.content ?? '');
  const packed = Buffer.from(file.packed ?? (method === 8 ? deflateRawSync(content) : content));
  return {
    packed,
    method,
    pathBytes: Buffer.from(file.localPath ?? file.path).length,
    crc32: file.crc32 ?? crc32(content),
    bytes: file.bytes ?? content.length,
    packedBytes: file.packedBytes ?? packed.length,
    // Names are UTF-8.
    flags: 0x800 | (file.flags ?? 0),
  };
}
type Claims = ReturnType<typeof claimsOf>;

function localHeader(entry: Claims): Buffer {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(20, 4);
  writeClaims(header, 6, entry);
  return header;
}

function directoryHeader(entry: Claims & { offset: number }, { path, mode = 0o100644, zip64 }: RawZipFile): Buffer {
  const header = Buffer.alloc(46);
  header.writeUInt32LE(0x02014b50, 0);
  header.writeUInt16LE((3 << 8) | 20, 4);
  header.writeUInt16LE(20, 6);
  writeClaims(header, 8, { ...entry, pathBytes: Buffer.from(path).length });
  header.writeUInt32LE((mode << 16) >>> 0, 38);
  header.writeUInt32LE(entry.offset, 42);
  if (!zip64) return Buffer.concat([header, Buffer.from(path)]);
  for (const at of [20, 24, 42]) header.writeUInt32LE(0xffffffff, at);
  const extra = Buffer.alloc(28);
  extra.writeUInt16LE(1, 0);
  extra.writeUInt16LE(24, 2);
  [zip64.bytes, zip64.packedBytes, zip64.offset].forEach((value, i) => extra.writeBigUInt64LE(value, 4 + 8 * i));
  header.writeUInt16LE(extra.length, 30);
  return Buffer.concat([header, Buffer.from(path), extra]);
}

/** Flags, method, time, checksum, sizes and path length, which both headers have in this order. */
function writeClaims(header: Buffer, at: number, entry: Claims): void {
  header.writeUInt16LE(entry.flags, at);
  header.writeUInt16LE(entry.method, at + 2);
  header.writeUInt32LE(entry.crc32, at + 8);
  header.writeUInt32LE(entry.packedBytes, at + 12);
  header.writeUInt32LE(entry.bytes, at + 16);
  header.writeUInt16LE(entry.pathBytes, at + 20);
}
