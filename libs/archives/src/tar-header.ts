import { refusal } from './archive-error.js';
import { shownPath } from './entry-paths.js';

/** A header of a tar archive, as POSIX.1-1988 (ustar) and GNU tar write it. */
export interface TarHeader {
  path: string;
  /** One character; `0` and NUL are files, `5` folders. */
  type: string;
  /** Of the content that follows, without what fills its last block. */
  bytes: number;
}

/** Bytes of a header, and of what every content is filled up to. */
export const tarBlockBytes = 512;

const decoder = new TextDecoder();

/**
 * @param block of 512 bytes
 * @throws ArchiveError if its checksum is wrong, or its size is no size
 */
export function parseTarHeader(block: Uint8Array): TarHeader {
  const sum = block.reduce((total, byte, i) => total + (i >= 148 && i < 156 ? 32 : byte), 0);
  if (sum !== octal(block.subarray(148, 156))) throw damaged('a header has a wrong checksum');
  const name = text(block.subarray(0, 100));
  // GNU tar has times where POSIX has the first part of long paths, and writes a space after the magic word.
  const prefix = text(block.subarray(257, 263)) === 'ustar' ? text(block.subarray(345, 500)) : '';
  return {
    path: prefix === '' ? name : `${prefix}/${name}`,
    type: String.fromCharCode(block[156]!),
    bytes: size(block.subarray(124, 136)),
  };
}

/**
 * The records of a pax header, such as `path`, by POSIX.1-2001: each is its own length in decimal digits, a space, a
 * key, `=`, a value and a line feed.
 *
 * @throws ArchiveError if they are not written so
 */
export function parsePaxRecords(bytes: Uint8Array): Map<string, string> {
  const records = new Map<string, string>();
  for (let start = 0; start < bytes.length;) {
    const digits = /^(\d{1,7}) /.exec(decoder.decode(bytes.subarray(start, start + 8)))?.[1];
    const end = start + Number(digits ?? 0);
    const record = decoder.decode(bytes.subarray(start, end));
    const equals = record.indexOf('=');
    if (digits === undefined || end > bytes.length || equals < digits.length + 1 || !record.endsWith('\n'))
      throw damaged('an extended header is not written as it should be');
    records.set(record.slice(digits.length + 1, equals), record.slice(equals + 1, -1));
    start = end;
  }
  return records;
}

/** Decimal digits, as in a pax record. */
export function parsePaxSize(value: string): number {
  if (!/^\d{1,15}$/.test(value)) throw damaged(`${shownPath(value)} is no size`);
  return Number(value);
}

/** The bytes up to the first NUL, which are UTF-8. */
export function text(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return decoder.decode(end < 0 ? bytes : bytes.subarray(0, end));
}

export function damaged(what: string, cause?: unknown) {
  return refusal(`the tar archive is damaged (${what}); make it again`, cause);
}

/** Octal digits, or as GNU tar writes large sizes: a first byte of 0x80, then a big-endian number. */
function size(field: Uint8Array): number {
  if (field[0] !== 0x80) return octal(field);
  const value = field.subarray(1).reduce((total, byte) => total * 256 + byte, 0);
  if (!Number.isSafeInteger(value)) throw damaged('a header has a size that no file has');
  return value;
}

function octal(field: Uint8Array): number {
  const digits = text(field).trim();
  if (!/^[0-7]*$/.test(digits)) throw damaged('a header has a number that is none');
  return Number.parseInt(digits || '0', 8);
}
