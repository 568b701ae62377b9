import { setMaxListeners } from 'node:events';
import type { Readable } from 'node:stream';
import type { MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { archiveFormatOf, archiveHeadBytes, type ArchiveFormat } from '#archives';
import {
  batchUploadKey,
  EarshotError,
  inputKey,
  newJobId,
  newUlid,
  nowhere,
  StagedUpload,
  toBatchPath,
  toShownBatchPath,
  type MeasuredInput,
} from '#jobs';
import { nextPart, toField } from '../jobs/receive-form.js';
import { fieldsIn, type Field } from '../jobs/submit-job.request.js';
import { toErrorFields } from '../logging/error-fields.js';
import { pointerTo } from '../problems/invalid-request.js';
import { peek } from '../server/peek.js';
import type { Upload } from '../uploads/uploads.js';
import type { StagedFile } from './batch-intake.js';
import { parseOpenBatchFields } from './open-batch.request.js';
import { noArchive, orArchiveTooLarge, type Opening, type ReceivingParts, type StagedArchive } from './opening.js';

/** Files of one form; all are staged before the batch is opened, as its model may be named last. */
export const mostFormFiles = 1000;
const limits = {
  files: mostFormFiles + 1,
  fields: 50,
  parts: mostFormFiles + 60,
  fieldSize: 16_384,
  fileSize: Infinity,
};

/**
 * Receives a form with files, each a part `file` whose filename is its path; or with an archive, as a part `archive` or
 * `file`.
 *
 * @param batchId null: what comes is only measured
 * @throws EarshotError why it is not taken; then nothing is kept of it
 */
export function receiveBatchForm(
  request: FastifyRequest,
  batchId: string | null,
  parts: ReceivingParts,
): Promise<Opening> {
  const { uploads, maxArchiveBytes, mostTimeoutSeconds } = parts;
  const receive = async (upload: Upload): Promise<Opening> => {
    // Each part listens to it for as long as the form comes.
    setMaxListeners(0, upload.signal);
    const form = new BatchForm(request.caller.owner, batchId, parts, upload);
    try {
      const incoming = request.parts({ limits, preservePath: true });
      for (let part; (part = await nextPart(incoming, upload.signal)) !== undefined;) {
        if (part.type === 'file') await form.take(part);
        else form.fields.push(toField(part));
      }
      const asked = parseOpenBatchFields([...fieldsIn(request.query), ...form.fields], mostTimeoutSeconds);
      return { asked, archive: form.archive, files: form.files };
    } catch (error) {
      // In the background: a store that hangs must not keep the caller waiting.
      form.discard().catch((failed) => request.log.warn({ ...toErrorFields(failed) }, 'upload not removed'));
      throw error;
    }
  };
  return uploads.receive(request, null, receive, maxArchiveBytes).catch(orArchiveTooLarge(maxArchiveBytes));
}

/** What has come of a form so far. */
class BatchForm {
  readonly fields: Field[] = [];
  readonly files: StagedFile[] = [];
  archive: StagedArchive | null = null;
  private readonly staged: StagedUpload[] = [];
  /** How many more may come: a form without a Content-Length has said nothing of them. */
  private bytesLeft: number;

  constructor(
    private readonly owner: string,
    private readonly batchId: string | null,
    private readonly parts: ReceivingParts,
    private readonly upload: Upload,
  ) {
    this.bytesLeft = upload.maxBytes;
  }

  async take(part: MultipartFile): Promise<void> {
    const { fieldname, filename, file } = part;
    if (!['file', 'archive'].includes(fieldname))
      throw badPart(fieldname, 'is no part of this form; send file or archive');
    const { head, body } = await peek(file, archiveHeadBytes, this.upload.signal);
    const format = archiveFormatOf(head);
    if (fieldname === 'archive' && format === null) throw noArchive();
    if (this.archive !== null || (format !== null && this.files.length > 0))
      throw badPart(fieldname, 'cannot be sent besides: a form brings one archive, or files that are none');
    if (format !== null) await this.takeArchive(body, format);
    else if (this.files.length < mostFormFiles) await this.takeFile(body, filename);
    else throw badPart(fieldname, `may be given ${mostFormFiles} times; add the others with POST /batches/{id}/files`);
  }

  /** Removes all that was stored. */
  async discard(): Promise<void> {
    await Promise.all(this.staged.map((staged) => staged.discard()));
  }

  private async takeArchive(body: Readable, format: ArchiveFormat): Promise<void> {
    const key = this.batchId === null ? '' : batchUploadKey(this.owner, this.batchId, newUlid());
    const { bytes, sha256 } = await this.stage(key).receive(body, this.upload);
    this.archive = { key, format, bytes, sha256 };
  }

  private async takeFile(body: Readable, filename: string | undefined): Promise<void> {
    const jobId = newJobId();
    const path = toBatchPath(filename ?? '');
    const shown = path ?? toShownBatchPath(filename ?? '');
    const staged = this.stage(inputKey(this.owner, jobId));
    const received = await this.receiveOrSay(staged, body);
    const refusal = path === null ? noPath : 'code' in received ? received : null;
    if (refusal === null) this.files.push({ path: shown, jobId, input: received as MeasuredInput });
    else {
      await staged.discard();
      this.files.push({ path: shown, jobId, input: null, error: { code: refusal.code, detail: refusal.message } });
    }
  }

  /** One file that is too large is passed over, unless the form is too large with it. */
  private async receiveOrSay(staged: StagedUpload, body: Readable): Promise<MeasuredInput | EarshotError> {
    const { signal } = this.upload;
    const { maxBytes } = this.parts.uploads;
    const left = this.bytesLeft;
    body.on('data', (chunk: Buffer) => (this.bytesLeft -= chunk.length));
    try {
      return await staged.receive(body, { maxBytes: Math.min(maxBytes, left), signal });
    } catch (error) {
      if (!(error instanceof EarshotError) || error.code !== 'input_too_large') throw error;
      if (left <= maxBytes || this.bytesLeft < 0) throw error;
      await new StagedUpload(nowhere, '').receive(body, { maxBytes: this.bytesLeft, signal });
      return error;
    }
  }

  private stage(key: string): StagedUpload {
    const staged = this.batchId === null ? new StagedUpload(nowhere, '') : new StagedUpload(this.parts.store, key);
    this.staged.push(staged);
    return staged;
  }
}

const noPath = new EarshotError(
  'invalid_request',
  'The filename must be a path such as mill/fan-1.wav, relative, without . and .., of at most 1024 bytes.',
);

function badPart(name: string, detail: string): EarshotError {
  return new EarshotError('invalid_request', `The form’s part ${name} ${detail}.`, {
    faults: [{ pointer: pointerTo(name), detail }],
  });
}
