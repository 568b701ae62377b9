import type { ByteReader } from '../byte-reader.js';
import { frameHeaderBytes, isSameForm, parseFrameHeader, type FrameHeader } from './frame-header.js';

/** How far is looked for the first frame before the file is given up. */
export const searchedAtStart = 2 ** 16;
/** How far is looked for another frame after one; libmpg123 gives up there, too. */
export const searchedWithin = 2 ** 10;
/** More than the frames take by which one is recognised. */
const lookAhead = 2 ** 14;
/** Frames of one form that must follow one another, since in arbitrary bytes some four look like the start of one. */
const framesInARow = 3;

/**
 * How many bytes lie before the next frame. It must be followed by others, or end where the file ends.
 *
 * @returns null if there is none within the next `searched` bytes
 */
export async function bytesBeforeFrame(reader: ByteReader, searched: number): Promise<number | null> {
  const bytes = await reader.peek(searched + lookAhead);
  const isWhole = bytes.length < searched + lookAhead;
  for (let at = 0; at <= searched && at < bytes.length; at++) {
    if (bytes[at] === 0xff && startsFrames(bytes.subarray(at), isWhole)) return at;
  }
  return null;
}

function startsFrames(bytes: Uint8Array, isWhole: boolean): boolean {
  let first: FrameHeader | null = null;
  let at = 0;
  for (let found = 0; found < framesInARow; found++) {
    if (isWhole && first && (at === bytes.length || endsSound(bytes.subarray(at)))) return true;
    const header = parseFrameHeader(bytes.subarray(at, at + frameHeaderBytes));
    if (!header || (first && !isSameForm(first, header))) return false;
    first ??= header;
    at += header.bytes;
  }
  return true;
}

/** Whether a tag starts here that comes after the last frame: ID3v1, APE or Lyrics3. */
export function endsSound(bytes: Uint8Array): boolean {
  return /^(TAG|APETAGEX|LYRICSBEGIN)/.test(String.fromCharCode(...bytes.subarray(0, 11)));
}
