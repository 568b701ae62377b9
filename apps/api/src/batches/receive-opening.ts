import type { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import { archiveFormatOf, archiveHeadBytes, type ArchiveFormat } from '#archives';
import { batchUploadKey, newUlid } from '#jobs';
import { fieldsIn } from '../jobs/submit-job.request.js';
import { peek, type Peeked } from '../server/peek.js';
import { readJson } from '../server/read-json.js';
import type { Upload } from '../uploads/uploads.js';
import { mostItemsBytes } from './batch-item.js';
import { parseOpenBatchFields, parseOpenBatchRequest } from './open-batch.request.js';
import { noArchive, orArchiveTooLarge, type Opening, type ReceivingParts } from './opening.js';
import { receiveBatchForm } from './receive-batch-form.js';

const archiveTypes = /^application\/(zip|x-zip-compressed|x-tar|tar|gzip|x-gzip|x-compressed-tar|octet-stream)\b/i;

/**
 * Receives `POST /batches`: a body of JSON, a form, or an archive with the fields in the query, which of them being found by
 * the content type, and where that says nothing by the first bytes.
 *
 * @param batchId of the batch that is opened with it; null: what comes is only measured
 * @throws EarshotError why it is not taken; then nothing is kept of it
 */
export async function receiveOpening(
  request: FastifyRequest,
  batchId: string | null,
  parts: ReceivingParts,
): Promise<Opening> {
  const type = request.headers['content-type'] ?? '';
  if (request.isMultipart()) return receiveBatchForm(request, batchId, parts);
  const isJson = /^application\/json\b/i.test(type);
  const { head, body } = isJson ? { head: Buffer.alloc(0), body: request.raw } : await look(request, parts);
  const format = archiveFormatOf(head);
  if (format !== null) return receiveArchive(request, batchId, { format, body }, parts);
  if (archiveTypes.test(type)) throw noArchive();
  const asked = parseOpenBatchRequest(await readJson(body, mostItemsBytes), parts.mostTimeoutSeconds);
  return { asked, archive: null, files: [] };
}

function look(request: FastifyRequest, { uploads, maxArchiveBytes }: ReceivingParts): Promise<Peeked> {
  const take = ({ signal }: Pick<Upload, 'signal'>) => peek(request.raw, archiveHeadBytes, signal);
  return uploads.receive(request, null, take, maxArchiveBytes).catch(orArchiveTooLarge(maxArchiveBytes));
}

async function receiveArchive(
  request: FastifyRequest,
  batchId: string | null,
  { format, body }: { format: ArchiveFormat; body: Readable },
  { uploads, maxArchiveBytes, mostTimeoutSeconds }: ReceivingParts,
): Promise<Opening> {
  const asked = parseOpenBatchFields(fieldsIn(request.query), mostTimeoutSeconds);
  const key = batchId === null ? null : batchUploadKey(request.caller.owner, batchId, newUlid());
  const { bytes, sha256 } = await uploads
    .receive(request, key, (upload) => upload.staged.receive(body, upload), maxArchiveBytes)
    .catch(orArchiveTooLarge(maxArchiveBytes));
  return { asked, archive: { key: key ?? '', format, bytes, sha256 }, files: [] };
}
