import { SignalError } from '../signal-error.js';

/** How files start that are often taken for recordings we read, as Latin-1, and what they are. */
const others: readonly (readonly [start: RegExp, name: string])[] = [
  [/^caff/, 'a CAF file'],
  [/^....ftyp/s, 'an MP4 or M4A file'],
  [/^0&\xb2u\x8ef\xcf/, 'a WMA file'],
  [/^.E\xdf\xa3/s, 'a Matroska or WebM file'],
  [/^#!AMR/, 'an AMR file'],
  [/^RIFF....AVI /s, 'an AVI file'],
  [/^RIFF....RMID|^MThd/s, 'a MIDI file'],
  [/^riff\.\x91\xcf/, 'a Wave64 file'],
  [/^wvpk/, 'a WavPack file'],
  [/^MAC /, "a Monkey's Audio file"],
  [/^TTA[12]/, 'a True Audio file'],
  [/^DSD /, 'a DSF file'],
  [/^FORM....8SVX/s, 'an 8SVX file'],
  [/^NIST_1A/, 'a NIST SPHERE file'],
  [/^Creative Voice File/, 'a Creative Voice file'],
  [/^\.RMF/, 'a RealMedia file'],
  [/^FLV/, 'an FLV file'],
  [/^\xff[\xf0\xf1\xf8\xf9]|^ADIF/, 'an AAC file'],
  [/^\x89PNG|^\xff\xd8\xff|^GIF8/, 'an image'],
  [/^%PDF/, 'a PDF file'],
  [/^PK[^ -\xff]{2}|^[^ -\xff]\x8b|^7z\xbc\xaf|^Rar!/s, 'a compressed archive'],
  [/^(\xef\xbb\xbf)?\s*<(!doctype|html|head|body|\?xml|[a-z]+>)/i, 'a web page or XML'],
  [/^(\xef\xbb\xbf)?\s*[{[]/, 'JSON'],
  [/^(\xef\xbb\xbf)?[\t\n\r\x20-\x7e]{16,}$/, 'text'],
];

/**
 * Why a file cannot be read, by how it starts.
 *
 * @param start its first bytes as Latin-1
 */
export function unsupported(start: string): SignalError {
  if (start.length === 0) return new SignalError('the file is empty');
  const other = others.find(([expression]) => expression.test(start));
  const found = other ? `this is ${other[1]}, which is not supported` : 'the file is of no known audio format';
  return new SignalError(`${found}: convert it to WAV, FLAC, Ogg or MP3`);
}
