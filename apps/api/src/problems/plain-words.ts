import type { z } from 'zod';

const kinds: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a JSON object',
  record: 'a JSON object',
};

/** What is wrong with a part of a request, for schemas that have no words of their own for it. */
export const plainWords: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'must be given' : `must be ${kinds[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `must be ${issue.values.length > 1 ? 'one of ' : ''}${issue.values.map(String).join(', ')}`;
    case 'too_big':
      return toLimit(issue.origin, 'at most', issue.maximum);
    case 'too_small':
      return toLimit(issue.origin, 'at least', issue.minimum);
    case 'invalid_format':
      return issue.format === 'url' ? 'must be an address' : 'does not have the form that it must have';
    case 'not_multiple_of':
    case 'unrecognized_keys':
    case 'invalid_union':
    case 'invalid_key':
    case 'invalid_element':
    case 'custom':
      return 'is not as it must be; compare it with docs/api.md';
  }
};

function toLimit(origin: string, limit: string, count: number | bigint): string {
  const isOne = Number(count) === 1;
  if (origin === 'string') return `must have ${limit} ${count} ${isOne ? 'character' : 'characters'}`;
  return origin === 'array'
    ? `must have ${limit} ${count} ${isOne ? 'entry' : 'entries'}`
    : `must be ${limit} ${count}`;
}
