import { z } from 'zod';
import { labelWords, scoreWords } from '../client/result-words.js';
import { toPlainText } from '../terminal/plain-text.js';

const resultSchema = z.looseObject({
  label: z.string().nullish(),
  score: z.number().nullish(),
  labels: z.array(z.looseObject({ label: z.string() })).nullish(),
  tensor: z.looseObject({ shape: z.array(z.number()) }).nullish(),
});

const eventSchema = z.looseObject({
  type: z.string(),
  timestamp: z.iso.datetime(),
  data: z.looseObject({
    id: z.string().nullish(),
    /** An event that had to be made smaller has no more of its result than fits. */
    result: resultSchema.nullish(),
    error: z.looseObject({ code: z.string(), detail: z.string().nullish() }).nullish(),
    counts: z.record(z.string(), z.number()).nullish(),
  }),
});
/** What a webhook is told. */
export type Event = z.infer<typeof eventSchema>;

/** @returns null when it is none */
export function parseEvent(body: Buffer): Event | null {
  try {
    return eventSchema.safeParse(JSON.parse(body.toString())).data ?? null;
  } catch {
    return null;
  }
}

/** One line: what happened to what, what came of it, and how long after it happened that was told. */
export function eventWords({ type, timestamp, data }: Event, receivedMs: number): string {
  const parts = [type.padEnd(14), data.id, outcomeWords(data), `${receivedMs - Date.parse(timestamp)} ms after it`];
  return parts
    .filter(Boolean)
    .map((part) => toPlainText(String(part)))
    .join('  ');
}

function outcomeWords({ result, error, counts }: Event['data']): string {
  if (error) return `${error.code}: ${error.detail ?? ''}`;
  if (result) return `${labelWords(result)} ${scoreWords(result.score)}`;
  const told = Object.entries(counts ?? {}).filter(([name, count]) => count > 0 && name !== 'total');
  return told.map(([name, count]) => `${count} ${name}`).join(', ');
}
