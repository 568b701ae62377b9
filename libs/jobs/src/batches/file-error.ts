import { z } from 'zod';

/** Why a file has no result, or an archive was not unpacked to its end. */
export const fileErrorSchema = z.object({ code: z.string(), detail: z.string() });
export type FileError = z.infer<typeof fileErrorSchema>;
