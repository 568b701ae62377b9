import { z } from 'zod';

/** A whole number in a query or a form, where everything is text; in a description it is a number. */
export function wholeNumberField(
  least: number,
  most: number,
  message = `must be a whole number from ${least} to ${most}`,
) {
  return z.preprocess(
    (text) => (typeof text === 'string' && /^(0|[1-9]\d{0,8})$/.test(text) ? Number(text) : undefined),
    z.int(message).min(least, message).max(most, message),
  );
}
