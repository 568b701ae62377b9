import type { ByteRange } from './object-store.js';

/**
 * The range, once it is known to be one: S3 answers an impossible one with the whole object.
 *
 * @throws RangeError unless `start` and `end` are whole numbers, `0 <= start <= end`
 */
export function parseByteRange(range: ByteRange): ByteRange {
  const { start, end = start } = range;
  if (!Number.isSafeInteger(start) || !Number.isSafeInteger(end) || start < 0 || end < start)
    throw new RangeError(`no range of bytes: ${start} to ${range.end ?? 'the end'}`);
  return range;
}
