import type { FastifyReply } from 'fastify';
import type { StoredBytes } from './jobs.service.js';

/** What is said of bytes that are sent. */
export interface BytesHeaders {
  contentType: string;
  disposition: string;
  /** How many; null: not known before they are read. */
  bytes: number | null;
}

/**
 * Answers with bytes of the object store, or, where callers reach it, with the address at which it hands them out. That is
 * signed for GET, so HEAD is always answered here.
 */
export async function sendBytes(
  reply: FastifyReply,
  stored: StoredBytes,
  { contentType, disposition, bytes }: BytesHeaders,
): Promise<void> {
  const url = reply.request.method === 'HEAD' ? null : await stored.presign({ contentType, disposition });
  if (url !== null) {
    await reply.redirect(url, 302);
    return;
  }
  reply.headers({
    'content-type': contentType,
    'content-disposition': disposition,
    ...(bytes !== null && { 'content-length': bytes }),
  });
  await reply.send(await stored.open());
}
