import { z } from 'zod';

/** The most samples of a recording that are in memory at once: 256 MiB of them. */
export const mostSamples = 2 ** 26;

/** How a recording of any length is heard: window after window, each predicted as if it were a recording. */
export const windowSchema = z.strictObject({
  seconds: z
    .number()
    .min(0.01)
    .max(3600)
    .describe('seconds of a window, at most 67,108,864 samples; the last one is lengthened with silence'),
  hop: z
    .number()
    .min(0.01)
    .max(3600)
    .describe(
      'seconds from the start of a window to that of the next: below `seconds` they overlap, above it they leave gaps',
    ),
});

/** How a recording of any length is heard; see {@link windowSchema}. */
export type WindowSpec = z.infer<typeof windowSchema>;
