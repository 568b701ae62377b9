import { z } from 'zod';

/** The most samples of a recording that are in memory at once: 256 MiB of them. */
export const mostSamples = 2 ** 26;

/** How a recording of any length is heard: window after window, each predicted as if it were a recording. */
export const windowSchema = z.strictObject({
  /** Length of a window; the last one is lengthened with silence. */
  seconds: z.number().min(0.01).max(3600),
  /** From the start of a window to the start of the next: below `seconds` they overlap, above it they leave gaps. */
  hop: z.number().min(0.01).max(3600),
});

/** How a recording of any length is heard; see {@link windowSchema}. */
export type WindowSpec = z.infer<typeof windowSchema>;
