import { requireInputType, type InferPayload, type InputKind, type MeasuredInput } from '#jobs';
import { windowOf } from '#models/card';
import type { ModelRecord } from '#models/catalog';
import type { SubmitJobRequest } from './submit-job.request.js';

/** A job that is ready to be added to its queue. */
export interface NewJob {
  id: string;
  label: string;
  priority: number;
  payload: InferPayload;
}

/** Bytes that have come, or where a worker is to get them: from a URL, or from the input's key if it is null. */
export type GivenInput = MeasuredInput | { url: string | null; bytes: number | null };

/** All that a job is made of. */
export interface NewJobParts {
  id: string;
  owner: string;
  fields: SubmitJobRequest;
  model: ModelRecord;
  filename: string | null;
  input: GivenInput;
  requestId: string;
}

/** @throws EarshotError `empty_input`, or `input_type_mismatch` when the bytes are not what the model takes */
export function toNewJob({ id, owner, fields, model, filename, input, requestId }: NewJobParts): NewJob {
  const { name, version, digest, groupLimit, card } = model;
  return {
    id,
    label: card.queue,
    priority: fields.priority,
    payload: {
      owner,
      model: { name, version, digest },
      // A recording heard in windows makes groups of its own windows; others would only wait for it.
      groupLimit: windowOf(card) ? 1 : groupLimit,
      ...toInput(input, filename, card.input.kind),
      metadata: fields.metadata,
      timeoutMs: toMs(fields.timeout),
      expiresAt: fields.expiresIn === undefined ? null : Date.now() + toMs(fields.expiresIn),
      webhook: fields.webhook,
      requestId,
    },
  };
}

function toInput(input: GivenInput, filename: string | null, kind: InputKind): Pick<InferPayload, 'input' | 'source'> {
  if ('sha256' in input) {
    const { bytes, sha256 } = input;
    return { input: { filename, contentType: requireInputType(input, kind), bytes, sha256 } };
  }
  const { url, bytes } = input;
  return { input: { filename, contentType: null, bytes, sha256: null }, source: { url, kind } };
}

function toMs(seconds: number): number {
  return Math.round(seconds * 1000);
}
