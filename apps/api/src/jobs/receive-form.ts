import type { MultipartFile, MultipartValue } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { EarshotError, nowhere, rejectOnAbort, StagedUpload, type MeasuredInput } from '#jobs';
import { pointerTo } from '../problems/invalid-request.js';
import { libraryWords } from '../problems/library-words.js';
import { toFilename } from './filename.js';
import type { Upload } from '../uploads/uploads.js';
import type { Field } from './submit-job.request.js';

/** Far more than the form has fields for, so that what is wrong with it can be said. */
const limits = { files: 2, fields: 50, parts: 60, fieldSize: 16_384, fileSize: Infinity };

export interface ReceivedFile {
  filename: string | null;
  input: MeasuredInput;
}

export interface ReceivedForm extends ReceivedFile {
  fields: Field[];
}

/**
 * Reads a `multipart/form-data` body with one part `file`, which is staged as it comes, before or after the fields.
 *
 * @param onField may refuse a field at once, before the file has come
 * @throws EarshotError `invalid_request` when the form is malformed or has no file, several, or one of another name
 */
export async function receiveForm(
  request: FastifyRequest,
  upload: Upload,
  onField: (field: Field) => Promise<void>,
): Promise<ReceivedForm> {
  const parts = request.parts({ limits });
  const fields: Field[] = [];
  let file: ReceivedFile | undefined;
  for (;;) {
    const part = await nextPart(parts, upload.signal);
    if (part === undefined) break;
    if (part.type === 'file') {
      requireOnlyFile(part, file !== undefined);
      file = await stage(part, upload);
    } else {
      const field = toField(part);
      fields.push(field);
      await onField(field);
    }
  }
  if (file === undefined) throw noFile(fields.some(([name]) => name === 'file'));
  return { fields, ...file };
}

/**
 * Reads a form of which only one file matters: the first whose part has one of the names. The rest is forgotten as it comes.
 *
 * @throws EarshotError `invalid_request` when the form is malformed or has no such file
 */
export async function receiveFile(
  request: FastifyRequest,
  upload: Upload,
  names: readonly string[],
): Promise<ReceivedFile> {
  const parts = request.parts({ limits });
  let file: ReceivedFile | undefined;
  for (;;) {
    const part = await nextPart(parts, upload.signal);
    if (part === undefined) break;
    if (part.type !== 'file') continue;
    if (file === undefined && names.includes(part.fieldname)) file = await stage(part, upload);
    else await new StagedUpload(nowhere, '').receive(part.file, upload);
  }
  if (file === undefined) throw badFile('must be given: the input, as a file', names);
  return file;
}

async function stage(part: MultipartFile, upload: Upload): Promise<ReceivedFile> {
  return { filename: toFilename(part.filename), input: await upload.staged.receive(part.file, upload) };
}

type Part = MultipartFile | MultipartValue;

/**
 * The next part of a form; undefined behind the last.
 *
 * @throws EarshotError `invalid_request` when the form is malformed; the abort's reason
 */
export async function nextPart(parts: AsyncIterableIterator<Part>, signal: AbortSignal): Promise<Part | undefined> {
  try {
    const next = await Promise.race([parts.next(), rejectOnAbort(signal)]);
    return next.done ? undefined : next.value;
  } catch (error) {
    signal.throwIfAborted();
    const words = libraryWords(error) ?? 'The form cannot be read; send it as curl -F does, to its end.';
    throw new EarshotError('invalid_request', words, { cause: error });
  }
}

function requireOnlyFile({ fieldname }: MultipartFile, hasFile: boolean): void {
  if (fieldname !== 'file') throw badFile(`must be the name of the part with the input, not ${fieldname}`);
  if (hasFile) throw badFile('must be given once: each job has one input');
}

/** What a part says that is no file. */
export function toField({ fieldname, value }: MultipartValue): Field {
  return [fieldname, typeof value === 'string' ? value : JSON.stringify(value)];
}

function noFile(isText: boolean): EarshotError {
  return badFile(
    isText ? 'must be a file and came as a text; with curl it is -F file=@NAME' : 'must be given: the input, as a file',
  );
}

function badFile(detail: string, names: readonly string[] = ['file']): EarshotError {
  return new EarshotError('invalid_request', `The form’s part ${names.join(' or ')} ${detail}.`, {
    faults: names.map((name) => ({ pointer: pointerTo(name), detail })),
  });
}
