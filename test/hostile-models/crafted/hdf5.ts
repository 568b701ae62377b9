import { gunzipped } from '../base-files.js';
import { weights, type Crafted } from './crafted.js';

/** Files of make_hdf5.py. */
export function hdf5Files(): Crafted[] {
  const file = (name: string, refusal: RegExp) =>
    weights(`${name}.h5`, 'model.h5', gunzipped(`${name}.h5.gz`), refusal);
  return [
    file('never-written', /claims 40000000000 bytes, .* more than the file has/),
    file('never-written-large', /claims 800000000 bytes, .* more than the file has/),
    file('deflated-zeros', /claims 67108864 bytes, .* more than the file has/),
    file('external-values', /unable to open external raw data file/),
    file('external-link', /has no dense\/kernel:0/),
    file('soft-cycle', /too many links/),
    file('hard-cycle', /has no dense\/kernel:0/),
    file('virtual', /lie in other files/),
    weights('endless-heap.h5', 'model.h5', withEndlessHeap(), /the texts that it keeps at byte/),
  ];
}

/** The first text of the file has the number and length that stand for free room of no bytes. */
export function withEndlessHeap(): Uint8Array {
  const bytes = Buffer.from(gunzipped('plain.h5.gz'));
  const heap = bytes.indexOf('GCOL');
  if (heap < 0) throw new Error('the file keeps no texts');
  return bytes.fill(0, heap + 16, heap + 32);
}
