import { z } from 'zod';

/** Where to send the bytes, and until when. */
export const openedUploadSchema = z
  .object({
    id: z.string(),
    method: z.literal('PUT'),
    url: z.string().describe('An address of the object store, or, without a host, a path of this API.'),
    headers: z.record(z.string(), z.string()).describe('To be sent as they are.'),
    bytes: z.int(),
    expiresAt: z.iso.datetime(),
  })
  .meta({ id: 'OpenedUpload' });
export type OpenedUpload = z.infer<typeof openedUploadSchema>;

/** Bytes that have come. */
export const receivedUploadSchema = z.object({ id: z.string(), bytes: z.int() }).meta({ id: 'ReceivedUpload' });
export type ReceivedUpload = z.infer<typeof receivedUploadSchema>;
