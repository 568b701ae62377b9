import { refusal } from '../errors.js';

const headBytes = 16;

/**
 * Checks the collections of a file in which HDF5 keeps texts of any length, by section III.E of its file format. The
 * library does not: where an object says that it has no bytes, or more than there are, it reads the same for ever.
 *
 * @param bytes an HDF5 file whose superblock is at its start, as Keras writes it
 * @throws ModelError if a collection is damaged, or lengths are not of 8 bytes
 */
export function requireSoundHeaps(bytes: Uint8Array): void {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  requireWideLengths(file);
  // Collections lie apart, so that their objects are no more than fit into the file; else they could be read for hours.
  let objectsLeft = file.length / headBytes;
  // With its version, as four letters alone may well stand among the weights.
  for (let start = 0; (start = file.indexOf('GCOL\u0001', start, 'latin1')) >= 0; start++) {
    const damaged = () =>
      refusal(`the weights file is damaged: the texts that it keeps at byte ${start} cannot be read`);
    const end = start + lengthAt(file, start + 8);
    if (!(end <= file.length)) throw damaged();
    for (let at = start + headBytes; at + headBytes <= end; objectsLeft--) {
      const length = lengthAt(file, at + 8);
      // Number 0 is what is free, whose length has its head in it.
      const taken = file.readUInt16LE(at) === 0 ? length : headBytes + Math.ceil(length / 8) * 8;
      if (!(taken >= headBytes && at + taken <= end) || objectsLeft <= 0) throw damaged();
      at += taken;
    }
  }
}

/** The superblock has the bytes of an offset and of a length at a place that depends on its version. */
function requireWideLengths(file: Buffer): void {
  const isHdf5 = file.toString('latin1', 0, 8) === '\u0089HDF\r\n\u001a\n';
  const at = file[8]! < 2 ? 13 : 9;
  if (!isHdf5 || file[at] !== 8 || file[at + 1] !== 8)
    throw refusal('the weights file cannot be read as HDF5: it does not begin as files of Keras do; it may be damaged');
}

/** NaN if the file ends before. */
function lengthAt(file: Buffer, at: number): number {
  return at + 8 <= file.length ? Number(file.readBigUInt64LE(at)) : NaN;
}
