import { z } from 'zod';
import type { WebhookEvent } from '#client';
import { labelWords, scoreWords } from '../client/result-words.js';
import { toPlainText } from '../terminal/plain-text.js';

const eventSchema = z.looseObject({ type: z.string(), timestamp: z.iso.datetime(), data: z.looseObject({}) });

/**
 * @param body whose signature is good: so it has what events of its type have
 * @returns null when it is no event
 */
export function parseEvent(body: Buffer): WebhookEvent | null {
  try {
    return (eventSchema.safeParse(JSON.parse(body.toString())).data as WebhookEvent | undefined) ?? null;
  } catch {
    return null;
  }
}

/** One line: what happened to what, what came of it, and how long after it happened that was told. */
export function eventWords(event: WebhookEvent, receivedMs: number): string {
  const { type, timestamp, data } = event;
  const id = 'id' in data ? data.id : undefined;
  const parts = [type.padEnd(14), id, outcomeWords(event), `${receivedMs - Date.parse(timestamp)} ms after it`];
  return parts
    .filter(Boolean)
    .map((part) => toPlainText(String(part)))
    .join('  ');
}

function outcomeWords({ type, data }: WebhookEvent): string {
  if (type === 'webhook.test') return '';
  if (type === 'batch.finished') {
    const told = Object.entries(data.counts).filter(([name, count]) => count > 0 && name !== 'total');
    return told.map(([name, count]) => `${count} ${name}`).join(', ');
  }
  const { result, error } = data;
  if (error) return `${error.code}: ${error.detail}`;
  return result ? `${labelWords(result)} ${scoreWords(result.score)}` : '';
}
