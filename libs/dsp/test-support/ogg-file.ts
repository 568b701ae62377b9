import { oggChecksum } from '../src/decode/ogg/ogg-page.js';
import { joined } from './wav-file.js';

/** The pages of an Ogg file, each with its header. Not copies. */
export function oggPages(file: Uint8Array): Uint8Array[] {
  const pages: Uint8Array[] = [];
  for (let at = 0; at < file.length;) {
    const laced = 27 + file[at + 26]!;
    const length = laced + file.subarray(at + 27, at + laced).reduce((sum, segment) => sum + segment, 0);
    pages.push(file.subarray(at, at + length));
    at += length;
  }
  return pages;
}

/** A copy of a page, changed, with the checksum that then is right; what is no page is left alone. */
export function changedPage(page: Uint8Array, change: (page: Uint8Array, view: DataView) => void): Uint8Array {
  const copy = page.slice();
  if (copy.length < 27) return copy;
  const view = new DataView(copy.buffer);
  change(copy, view);
  view.setUint32(22, oggChecksum(copy), true);
  return copy;
}

/** A copy of a file, changed on pages that must keep their lengths. */
export function changedPages(
  file: Uint8Array,
  change: (page: Uint8Array, view: DataView, index: number) => void,
): Uint8Array {
  return joined(oggPages(file).map((page, index) => changedPage(page, (copy, view) => change(copy, view, index))));
}

/** A page that holds one packet, or a part of one that goes on on the next page. */
export function oggPage(
  body: Uint8Array,
  { sequence = 0, serial = 1, flags = 0, granule = 0n, goesOn = false } = {},
): Uint8Array {
  const segments = goesOn ? body.length / 255 : Math.floor(body.length / 255) + 1;
  const lacing = Uint8Array.from({ length: segments }, (_, i) => Math.min(255, body.length - 255 * i));
  const page = joined([new Uint8Array(27), lacing, body]);
  page.set([0x4f, 0x67, 0x67, 0x53, 0, flags]);
  page[26] = segments;
  return changedPage(page, (_, view) => {
    view.setBigInt64(6, granule, true);
    view.setUint32(14, serial, true);
    view.setUint32(18, sequence, true);
  });
}
