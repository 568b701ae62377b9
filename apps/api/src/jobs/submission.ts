import type { FastifyRequest } from 'fastify';
import type { MeasuredInput } from '#jobs';
import { fingerprintOf } from '../idempotency/idempotency-key.js';
import { requestPath } from '../problems/request-path.js';
import { readJson } from '../server/read-json.js';
import type { Upload } from '../uploads/uploads.js';
import { mostSubmissionBytes, parseJsonSubmission, type FaultsIn, type NamedInput } from './parse-json-submission.js';
import { receiveForm } from './receive-form.js';
import type { Field } from './submit-job.request.js';

/** What a request for a job has brought: its fields, and the input itself or where it is. */
export interface Submission {
  fields: Field[];
  filename: string | null;
  input: MeasuredInput | NamedInput;
}

/** True when the input is named in a body of JSON, and not sent. */
export function isJson({ headers }: FastifyRequest): boolean {
  return /^application\/json\b/i.test(headers['content-type'] ?? '');
}

/**
 * Reads a body of JSON.
 *
 * @param faultsIn the fields of address and body, asked where the rest is wrong, so that all is said at once
 */
export async function readSubmission(
  request: FastifyRequest,
  inAddress: readonly Field[],
  faultsIn: FaultsIn,
): Promise<Submission> {
  const body = await readJson(request.raw, mostSubmissionBytes);
  const { fields, filename, input } = parseJsonSubmission(body, (given) => faultsIn([...inAddress, ...given]));
  return { fields: [...inAddress, ...fields], filename, input };
}

/**
 * Receives a form or a raw body.
 *
 * @param onField may refuse a field of a form at once, before the file has come
 */
export async function receiveSubmission(
  request: FastifyRequest,
  inAddress: readonly Field[],
  upload: Upload,
  onField: (field: Field) => Promise<void> = () => Promise.resolve(),
): Promise<Submission> {
  if (!request.isMultipart())
    return { fields: [...inAddress], filename: null, input: await upload.staged.receive(request.raw, upload) };
  const form = await receiveForm(request, upload, onField);
  return { ...form, fields: [...inAddress, ...form.fields] };
}

/** The same for the same submission to the same route, in whatever order a form's parts came. */
export function printOf(request: FastifyRequest, { fields, filename, input }: Submission): string {
  const given = 'sha256' in input ? input.sha256 : JSON.stringify(input);
  return fingerprintOf([
    ['request', `${request.method} ${requestPath(request)}`],
    ['filename', filename],
    ['input', given],
    ...fields.map(([name, value]) => [`field ${name}`, value] as const),
  ]);
}
