import { invalidPart } from '../problems/invalid-request.js';

const pattern = /^data:[\w.+/;=-]*;base64,/i;
const base64 = /^[A-Za-z0-9+/_-]+={0,2}\s*$/;

/**
 * The bytes in `data:image/png;base64,...`, whatever type it states: that is found from the bytes.
 *
 * @throws EarshotError `invalid_request`
 */
export function bytesOfDataUrl(text: string): Buffer {
  const [start] = pattern.exec(text) ?? [];
  const encoded = start === undefined ? '' : text.slice(start.length);
  if (base64.test(encoded)) return Buffer.from(encoded, 'base64');
  throw invalidPart('image', 'must be data:image/png;base64, and the bytes in base64');
}
