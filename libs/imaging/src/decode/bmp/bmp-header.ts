import { ImageError } from '../../image-error.js';

/** Which bits of a pixel hold a colour; 0 when none do. */
export interface BitMasks {
  red: number;
  green: number;
  blue: number;
  alpha: number;
}

/** What a BMP file says of itself. */
export interface BmpHeader {
  width: number;
  height: number;
  /** The first row is the upper one, instead of the lower one. */
  topDown: boolean;
  bits: 1 | 4 | 8 | 16 | 24 | 32;
  /** Of rows that are not compressed: bytes from one to the next. */
  rowBytes: number;
  /** Runs of equal pixels, of 4 or 8 bits. */
  runLength: boolean;
  /** Where the palette's first colour is, how many there are, and the bytes of each: blue, green, red. */
  palette: { start: number; colours: number; bytes: 3 | 4 };
  masks: BitMasks;
  /** Where the pixels begin. */
  start: number;
}

const fileHeaderBytes = 14;
const coreHeaderBytes = 12;
/** BITMAPINFOHEADER, its versions 2 and 3, BITMAPV4HEADER and BITMAPV5HEADER. */
const infoHeaderBytes = [40, 52, 56, 108, 124];
const compressions = ['none', 'RLE8', 'RLE4', 'bit fields', 'JPEG', 'PNG', 'bit fields with alpha'];
const depths = [1, 4, 8, 16, 24, 32] as const;

/**
 * Reads the headers: "Bitmap Storage" of the Windows GDI documentation.
 *
 * @throws ImageError for anything but uncompressed pixels and run lengths
 */
export function readBmpHeader(bytes: Uint8Array): BmpHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < fileHeaderBytes + coreHeaderBytes) throw new ImageError('the BMP image ends within its header');
  const headerBytes = view.getUint32(14, true);
  const isCore = headerBytes === coreHeaderBytes;
  if (!isCore && !infoHeaderBytes.includes(headerBytes))
    throw new ImageError(`the BMP image has a header of ${headerBytes} bytes, which is none that is known`);
  if (bytes.length < fileHeaderBytes + headerBytes) throw new ImageError('the BMP image ends within its header');
  return isCore ? readCore(view) : readInfo(view, headerBytes);
}

function readCore(view: DataView): BmpHeader {
  const [width, height] = [view.getUint16(18, true), view.getUint16(20, true)];
  const bits = requireDepth(view.getUint16(24, true));
  if (bits === 16 || bits === 32) throw new ImageError(`the BMP image has ${bits} bits a pixel in a header of OS/2`);
  const palette = { start: fileHeaderBytes + coreHeaderBytes, colours: colourCount(bits, 0), bytes: 3 } as const;
  const common = { width, height, topDown: false, bits, rowBytes: rowBytes(width, bits), runLength: false };
  return { ...common, palette, masks: defaultMasks(bits), start: view.getUint32(10, true) };
}

function readInfo(view: DataView, headerBytes: number): BmpHeader {
  const [width, signedHeight] = [view.getInt32(18, true), view.getInt32(22, true)];
  const bits = requireDepth(view.getUint16(28, true));
  const compression = view.getUint32(30, true);
  const hasMasks = compression === 3 || compression === 6;
  const runLength = compression === 1 || compression === 2;
  const fits = runLength ? bits === (compression === 1 ? 8 : 4) : !hasMasks || bits === 16 || bits === 32;
  if ((compression !== 0 && !runLength && !hasMasks) || !fits)
    throw new ImageError(
      `the BMP image has ${bits} bits a pixel and compression ${compressions[compression] ?? compression}, ` +
        'which is not read; save it without compression',
    );
  // Masks lie behind the shortest header, and within the others.
  const maskBytes = hasMasks && headerBytes === 40 ? (compression === 6 ? 16 : 12) : 0;
  return {
    ...{ width, height: Math.abs(signedHeight), topDown: signedHeight < 0 },
    ...{ bits, rowBytes: rowBytes(width, bits), runLength },
    palette: {
      start: fileHeaderBytes + headerBytes + maskBytes,
      colours: colourCount(bits, view.getUint32(46, true)),
      bytes: 4,
    },
    masks: hasMasks ? readMasks(view, headerBytes >= 56 || compression === 6) : defaultMasks(bits),
    start: view.getUint32(10, true),
  };
}

function requireDepth(bits: number): BmpHeader['bits'] {
  const depth = depths.find((known) => known === bits);
  if (depth === undefined) throw new ImageError(`the BMP image has ${bits} bits a pixel, which is not read`);
  return depth;
}

/** Rows end at a multiple of 4 bytes. */
function rowBytes(width: number, bits: number): number {
  return 4 * Math.ceil((width * bits) / 32);
}

function colourCount(bits: number, used: number): number {
  if (bits > 8) return 0;
  return used === 0 ? 2 ** bits : Math.min(used, 2 ** bits);
}

function readMasks(view: DataView, hasAlpha: boolean): BitMasks {
  if (view.byteLength < (hasAlpha ? 70 : 66)) throw new ImageError('the BMP image ends within its header');
  const [red, green, blue] = [view.getUint32(54, true), view.getUint32(58, true), view.getUint32(62, true)];
  return { red, green, blue, alpha: hasAlpha ? view.getUint32(66, true) : 0 };
}

/** The fourth byte of 32 bits without masks is not used. */
function defaultMasks(bits: number): BitMasks {
  return bits === 16
    ? { red: 0x7c00, green: 0x03e0, blue: 0x001f, alpha: 0 }
    : { red: 0xff0000, green: 0x00ff00, blue: 0x0000ff, alpha: 0 };
}
