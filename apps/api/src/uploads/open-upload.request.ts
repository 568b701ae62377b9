import { z } from 'zod';

/** The body of `POST /uploads`. */
export const openUploadSchema = z.strictObject({
  bytes: z.number('must be the number of bytes that will come').int().min(1).describe('Exactly so many are taken.'),
  contentType: z
    .string()
    .max(100)
    .regex(/^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/, 'must be a media type, such as audio/wav')
    .default('application/octet-stream')
    .describe('To be sent with the bytes; what they are is found from themselves.'),
});
