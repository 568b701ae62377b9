import { z } from 'zod';

const unfinished = ['queued', 'running'];
const milliseconds = z.number().nullish();

/** What the commands need of a job; the rest of the answer is kept as it came, for `--json`. */
export const jobSchema = z.looseObject({
  id: z.string(),
  status: z.enum(['queued', 'running', 'succeeded', 'failed', 'canceled', 'expired']),
  result: z
    .looseObject({
      label: z.string().nullish(),
      score: z.number().nullish(),
      labels: z.array(z.looseObject({ label: z.string() })).nullish(),
      tensor: z.looseObject({ shape: z.array(z.number()) }).nullish(),
    })
    .nullish(),
  error: z.looseObject({ code: z.string(), detail: z.string().nullish() }).nullish(),
  timings: z.looseObject({
    queueMs: milliseconds,
    decodeMs: milliseconds,
    featuresMs: milliseconds,
    inferenceMs: milliseconds,
  }),
});

export type Job = z.infer<typeof jobSchema>;

/** True once nothing about the job will change by itself. */
export function isFinished({ status }: Job): boolean {
  return !unfinished.includes(status);
}

/** Milliseconds a compute process spent on the job: decoding, features and the network; undefined if it never did. */
export function computeMs({ timings }: Job): number | undefined {
  const { decodeMs, featuresMs, inferenceMs } = timings;
  const known = [decodeMs, featuresMs, inferenceMs].filter((ms) => ms != null);
  return known.length === 0 ? undefined : known.reduce((sum, ms) => sum + ms);
}
