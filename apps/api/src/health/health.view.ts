import { servingWorkerSchema } from '#jobs';
import { z } from 'zod';

/** The answer of a process that runs. */
export const aliveSchema = z.object({ status: z.literal('alive') }).meta({ id: 'Alive' });
export type Alive = z.infer<typeof aliveSchema>;

const partSchema = z.union([z.object({ ok: z.literal(true) }), z.object({ ok: z.literal(false), detail: z.string() })]);
/** The outcome of the last probe of one part. */
export type PartHealth = z.infer<typeof partSchema>;

/** Whether jobs can be taken; all but the status is only for those who watch the service. */
export const readinessSchema = z
  .object({
    status: z.enum(['ready', 'unavailable']),
    checks: z.object({ redis: partSchema, store: partSchema }).optional(),
    workers: z
      .array(servingWorkerSchema)
      .readonly()
      .optional()
      .describe(
        'Those that take jobs, with the engine and the device that answer; none are known while Redis is away.',
      ),
    warnings: z
      .array(z.string())
      .readonly()
      .optional()
      .describe('What does not keep it from working, but endangers accepted jobs.'),
  })
  .meta({ id: 'Readiness' });
export type Readiness = z.infer<typeof readinessSchema>;
