import { detectContentType, type InputKind } from '../content-type.js';
import { EarshotError } from '../errors.js';
import type { MeasuredInput } from './input-meter.js';

const takenFiles: Record<InputKind, string> = {
  audio: 'recordings as WAV, AIFF, AU, FLAC, MP3, Ogg Vorbis or Ogg Opus',
  image: 'images as PNG, JPEG, GIF, WebP, BMP or TIFF',
};

/**
 * What the bytes are, if a model that takes `kind` can take them.
 *
 * @throws EarshotError `empty_input` or `input_type_mismatch`
 */
export function requireInputType({ bytes, head }: MeasuredInput, kind: InputKind): string {
  if (bytes === 0) throw new EarshotError('empty_input', 'The input has no bytes; send the file itself.');
  const detected = detectContentType(head);
  if (detected?.kind === kind) return detected.contentType;
  const found = detected === null ? 'of none of these formats' : detected.contentType;
  const detail = `The model takes ${takenFiles[kind]}; the bytes sent are ${found}.`;
  throw new EarshotError('input_type_mismatch', detail);
}
