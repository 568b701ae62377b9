import { z } from 'zod';
import { parseEgressAllow } from '../egress/egress-allow.js';
import { parseRedisUrl } from '../redis.js';
import { parseStoreAddress } from './store-address.js';

/** A whole number within limits, both included. */
export function wholeNumber(min: number, max: number) {
  const message = `must be a whole number from ${min} to ${max}`;
  return z
    .string({ error: message })
    .regex(/^\d{1,15}$/, { error: message, abort: true })
    .transform(Number)
    .refine((value) => value >= min && value <= max, message);
}

/** The most bytes of an input. */
export const uploadBytes = wholeNumber(1, 2 ** 40);

/** One word of a few. */
export function oneOf<const Words extends readonly string[]>(words: Words) {
  return z.enum(words, { error: `must be ${words.join(' or ')}` });
}

/** Some words of a few, separated by commas; at least one, each once. */
export function someOf<const Words extends readonly string[]>(words: Words) {
  const message = `must be one or more of ${words.join(', ')}, separated by commas`;
  return listOf(',').pipe(z.array(z.enum(words, { error: message })).min(1, { error: message }));
}

/** A list; the empty parts between two separators are left out, as are repetitions. */
export function listOf(separator: string) {
  return z.string().transform((text) => [
    ...new Set(
      text
        .split(separator)
        .map((part) => part.trim())
        .filter((part) => part !== ''),
    ),
  ]);
}

/** An address of Redis, kept as text: connections are made from it in more than one way. */
export const redisAddress = z.string().superRefine((text, context) => {
  addFault(context, () => parseRedisUrl(text));
});

/** Where objects are kept. */
export const storeAddress = z.string().transform((text, context) => {
  return addFault(context, () => parseStoreAddress(text)) ?? z.NEVER;
});

/** What may be connected to although it is not public. */
export const egressAllow = z.string().transform((text, context) => {
  return addFault(context, () => parseEgressAllow(text)) ?? z.NEVER;
});

export const trueOrFalse = oneOf(['true', 'false']).transform((word) => word === 'true');

/** An http or https address. */
export const httpAddress = z.url({ protocol: /^https?$/, error: 'must be an address such as http://127.0.0.1:7070' });

function addFault<T>(context: z.RefinementCtx, parse: () => T): T | undefined {
  try {
    return parse();
  } catch (error) {
    context.addIssue({ code: 'custom', message: (error as Error).message });
    return undefined;
  }
}
