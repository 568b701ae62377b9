import { detectContentType, EarshotError, type InferPayload, type InputKind } from '#jobs';
import { windowOf } from '#models/card';
import type { ModelRecord } from '#models/catalog';
import type { MeasuredInput } from '../uploads/input-meter.js';
import type { SubmitJobRequest } from './submit-job.request.js';

/** A job that is ready to be added to its queue. */
export interface NewJob {
  id: string;
  label: string;
  priority: number;
  payload: InferPayload;
}

/** All that a job is made of. */
export interface NewJobParts {
  id: string;
  owner: string;
  fields: SubmitJobRequest;
  model: ModelRecord;
  filename: string | null;
  input: MeasuredInput;
  requestId: string;
}

/** @throws EarshotError `empty_input`, or `input_type_mismatch` when the bytes are not what the model takes */
export function toNewJob({ id, owner, fields, model, filename, input, requestId }: NewJobParts): NewJob {
  const { name, version, digest, groupLimit, card } = model;
  const contentType = requireContentType(input, card.input.kind);
  return {
    id,
    label: card.queue,
    priority: fields.priority,
    payload: {
      owner,
      model: { name, version, digest },
      // A recording heard in windows makes groups of its own windows; others would only wait for it.
      groupLimit: windowOf(card) ? 1 : groupLimit,
      input: { filename, contentType, bytes: input.bytes, sha256: input.sha256 },
      metadata: fields.metadata,
      timeoutMs: toMs(fields.timeout),
      expiresAt: fields.expiresIn === undefined ? null : Date.now() + toMs(fields.expiresIn),
      requestId,
    },
  };
}

const takenFiles: Record<InputKind, string> = {
  audio: 'recordings as WAV, AIFF, AU, FLAC, MP3, Ogg Vorbis or Ogg Opus',
  image: 'images as PNG, JPEG, GIF, WebP, BMP or TIFF',
};

function requireContentType({ bytes, head }: MeasuredInput, kind: InputKind): string {
  if (bytes === 0) throw new EarshotError('empty_input', 'The input has no bytes; send the file itself.');
  const detected = detectContentType(head);
  if (detected?.kind === kind) return detected.contentType;
  const found = detected === null ? 'of none of these formats' : detected.contentType;
  const detail = `The model takes ${takenFiles[kind]}; the bytes sent are ${found}.`;
  throw new EarshotError('input_type_mismatch', detail);
}

function toMs(seconds: number): number {
  return Math.round(seconds * 1000);
}
