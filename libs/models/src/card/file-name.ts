import { z } from 'zod';

/** A file directly inside a bundle: no folders, nothing hidden, no way out. */
export const fileNameSchema = z
  .string()
  .max(200)
  .regex(/^[A-Za-z0-9_][A-Za-z0-9._-]*$/, 'must be the name of a file inside the bundle, without folders');

/** True for what {@link fileNameSchema} takes. */
export function isFileName(text: string): boolean {
  return fileNameSchema.safeParse(text).success;
}
