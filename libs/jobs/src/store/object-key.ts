/** S3 allows 1,024 bytes; the rest is left to a prefix. */
const mostKeyBytes = 900;
/** A file name may have 255 bytes; a few are for the folder store's own marks. */
const mostSegmentBytes = 200;
/** Characters that file systems use themselves: a folder store writes them as three. */
const wide = /[%~:*?"<>|]/g;
const controls = /\p{Cc}/u;
const surrogates = /\p{Surrogate}/u;

/** A key that no store takes. */
export class InvalidKeyError extends Error {
  override readonly name = 'InvalidKeyError';
}

/** Whether {@link parseObjectKey} takes the key. */
export function isObjectKey(key: string): boolean {
  try {
    return parseObjectKey(key).length > 0;
  } catch {
    return false;
  }
}

/**
 * The segments of an object's key, such as `inputs/local/job_01K…`.
 *
 * @throws InvalidKeyError unless the key is segments joined by `/`, each of 1 to 200 bytes (of which `%~:*?"<>|` take
 *   three each) and neither `.` nor `..`, without backslashes, control characters or lone surrogates, 900 bytes in all
 */
export function parseObjectKey(key: string): string[] {
  const segments = key.split('/');
  const refuse = (why: string): never => {
    throw new InvalidKeyError(`an object key ${why}: ${JSON.stringify(key.slice(0, 100))}`);
  };
  if (Buffer.byteLength(key) > mostKeyBytes) refuse(`has at most ${mostKeyBytes} bytes`);
  if (controls.test(key) || key.includes('\\')) refuse('has no control characters and no backslashes');
  if (surrogates.test(key)) refuse('is well-formed Unicode');
  for (const segment of segments) {
    if (segment === '') refuse('neither begins nor ends with / and has no //');
    if (segment === '.' || segment === '..') refuse('has no segment . or ..');
    if (Buffer.byteLength(segment.replace(wide, '%00')) > mostSegmentBytes)
      refuse(`has at most ${mostSegmentBytes} bytes between two /`);
  }
  return segments;
}
