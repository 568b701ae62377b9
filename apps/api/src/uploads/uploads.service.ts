import type { FastifyRequest } from 'fastify';
import type { Redis } from 'ioredis';
import {
  EarshotError,
  inputTooLarge,
  newUploadId,
  requireRoom,
  uploadKey,
  type ObjectStore,
  type QuotaLimits,
} from '#jobs';
import { linkSeconds, type UploadLinks } from './upload-links.js';
import type { OpenedUpload, ReceivedUpload } from './upload.view.js';
import type { Uploads } from './uploads.js';

export interface UploadsParts {
  redis: Redis;
  store: ObjectStore;
  uploads: Uploads;
  links: UploadLinks;
  /** Of each owner. */
  quotas: QuotaLimits;
}

/** Addresses for uploads: of the object store itself where it hands them out, else of this API. */
export class UploadsService {
  constructor(private readonly parts: UploadsParts) {}

  /** @throws EarshotError `input_too_large`, or what the owner's quota says */
  async open(owner: string, { bytes, contentType }: { bytes: number; contentType: string }): Promise<OpenedUpload> {
    const { redis, store, uploads, links, quotas } = this.parts;
    if (bytes > uploads.maxBytes) throw inputTooLarge(uploads.maxBytes);
    uploads.requireUp();
    await requireRoom(redis, owner, bytes, quotas);
    const id = newUploadId();
    const expiresAt = Date.now() + linkSeconds * 1000;
    const presigned = await store.presignPut(uploadKey(owner, id), { bytes, contentType, seconds: linkSeconds });
    const url = presigned ?? (await links.pathOf({ id, owner, bytes, expiresAt }));
    const headers = { 'content-type': contentType };
    return { id, method: 'PUT', url, headers, bytes, expiresAt: new Date(expiresAt).toISOString() };
  }

  /** @throws EarshotError `upload_link_refused`, or why the bytes did not come */
  async receive(
    id: string,
    query: Readonly<Record<string, unknown>>,
    request: FastifyRequest,
  ): Promise<ReceivedUpload> {
    const { links, uploads } = this.parts;
    const link = await links.require(id, query);
    const { owner, bytes } = link;
    const announced = request.headers['content-length'];
    if (announced !== undefined && Number(announced) !== bytes) throw wrongSize(bytes);
    return links.once(link, () =>
      uploads.receive(request, uploadKey(owner, id), async (upload) => {
        const measured = await upload.staged
          .receive(request.raw, { ...upload, maxBytes: bytes })
          .catch(orWrongSize(bytes));
        if (measured.bytes !== bytes) throw wrongSize(bytes);
        return { id, bytes };
      }),
    );
  }
}

function orWrongSize(bytes: number): (error: unknown) => never {
  return (error) => {
    throw error instanceof EarshotError && error.code === 'input_too_large' ? wrongSize(bytes) : error;
  };
}

function wrongSize(bytes: number): EarshotError {
  return new EarshotError('invalid_request', `The upload was announced with ${bytes} bytes; send exactly so many.`);
}
