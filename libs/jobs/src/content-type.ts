/** The kinds of input a model may take; the card's `input.kind`. */
export type InputKind = 'audio' | 'image';

interface Signature {
  contentType: string;
  kind: InputKind;
  matches: (head: Uint8Array) => boolean;
}

/** Bytes that {@link detectContentType} looks at. */
export const signatureBytes = 16;

/** Magic bytes, from the formats' own specifications. */
const signatures: readonly Signature[] = [
  audio('audio/wav', (head) => startsWith(head, 'RIFF') && at(head, 8, 'WAVE')),
  audio('audio/wav', (head) => startsWith(head, 'RIFX') && at(head, 8, 'WAVE')),
  audio('audio/wav', (head) => startsWith(head, 'RF64') && at(head, 8, 'WAVE')),
  audio('audio/wav', (head) => startsWith(head, 'BW64') && at(head, 8, 'WAVE')),
  audio('audio/aiff', (head) => startsWith(head, 'FORM') && (at(head, 8, 'AIFF') || at(head, 8, 'AIFC'))),
  audio('audio/basic', (head) => startsWith(head, '.snd')),
  // Little-endian, as libsndfile and SoX write it.
  audio('audio/basic', (head) => startsWith(head, 'dns.') || startsWith(head, '\0ds.')),
  audio('audio/flac', (head) => startsWith(head, 'fLaC')),
  audio('audio/ogg', (head) => startsWith(head, 'OggS')),
  audio('audio/mpeg', (head) => startsWith(head, 'ID3')),
  audio('audio/mpeg', isMpegFrame),
  image('image/png', (head) => startsWith(head, '\x89PNG\r\n\x1a\n')),
  image('image/jpeg', (head) => startsWith(head, '\xff\xd8\xff')),
  image('image/gif', (head) => startsWith(head, 'GIF87a') || startsWith(head, 'GIF89a')),
  image('image/webp', (head) => startsWith(head, 'RIFF') && at(head, 8, 'WEBP')),
  image('image/bmp', (head) => startsWith(head, 'BM') && head.slice(6, 10).every((byte) => byte === 0)),
  image('image/tiff', (head) => startsWith(head, 'II*\0') || startsWith(head, 'MM\0*')),
];

/**
 * What the bytes are, whatever their name or declared type says.
 *
 * @param head the first {@link signatureBytes} bytes, or all of a shorter input
 * @returns null when no known format begins like this
 */
export function detectContentType(head: Uint8Array): { contentType: string; kind: InputKind } | null {
  const found = signatures.find((signature) => signature.matches(head));
  return found ? { contentType: found.contentType, kind: found.kind } : null;
}

/** An MPEG audio frame header: 11 sync bits, layer I to III, no reserved version, bit rate or sample rate. */
function isMpegFrame(head: Uint8Array): boolean {
  const [sync = 0, version = 0, rates = 0] = head;
  const isSync = sync === 0xff && version >> 5 === 7 && ((version >> 3) & 3) !== 1;
  return isSync && ((version >> 1) & 3) !== 0 && rates >> 4 !== 15 && ((rates >> 2) & 3) !== 3;
}

function audio(contentType: string, matches: Signature['matches']): Signature {
  return { contentType, kind: 'audio', matches };
}

function image(contentType: string, matches: Signature['matches']): Signature {
  return { contentType, kind: 'image', matches };
}

function startsWith(head: Uint8Array, text: string): boolean {
  return at(head, 0, text);
}

function at(head: Uint8Array, offset: number, text: string): boolean {
  return head.length >= offset + text.length && [...text].every((char, i) => head[offset + i] === char.charCodeAt(0));
}
