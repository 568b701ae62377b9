import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { plainWords } from './plain-words.js';

const wordsFor = (schema: z.ZodType, value: unknown) =>
  schema.safeParse(value, { error: plainWords }).error?.issues.map(({ message }) => message);

describe('what is wrong with a part of a request', () => {
  it.each<[z.ZodType, unknown, string]>([
    [z.string(), 7, 'must be a text'],
    [z.string(), undefined, 'must be given'],
    [z.string().max(3), 'four', 'must have at most 3 characters'],
    [z.string().min(1), '', 'must have at least 1 character'],
    [z.string().regex(/^a/), 'b', 'does not have the form that it must have'],
    [z.url(), 'b', 'must be an address'],
    [z.number(), '7', 'must be a number'],
    [z.number().int(), 1.5, 'must be a whole number'],
    [z.number().min(1), 0, 'must be at least 1'],
    [z.boolean(), 'yes', 'must be true or false'],
    [z.enum(['a', 'b']), 'c', 'must be one of a, b'],
    [z.literal('a'), 'c', 'must be a'],
    [z.array(z.string()).max(1), ['a', 'b'], 'must have at most 1 entry'],
    [z.record(z.string(), z.string()), 'x', 'must be a JSON object'],
    [z.strictObject({}), null, 'must be a JSON object'],
    [z.union([z.string(), z.number()]), null, 'is not as it must be; compare it with docs/api.md'],
  ])('is said in plain words (%#)', (schema, value, words) => {
    expect(wordsFor(schema, value)).toEqual([words]);
  });

  it('is said in the words that the schema has of its own', () => {
    expect(wordsFor(z.string('must be a name'), 7)).toEqual(['must be a name']);
  });
});
