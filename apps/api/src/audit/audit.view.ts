import { auditActs, isAuditId, type KeptAuditEntry } from '#jobs';
import { z } from 'zod';
import { wholeNumberField } from '../server/number-field.js';

const mostActs = 1000;
const someActs = 100;

/** The parameters of `GET /audit`. */
export const listActsSchema = z.strictObject({
  limit: wholeNumberField(1, mostActs).default(someActs).describe('The most acts of a page.'),
  cursor: z
    .string('must be given once')
    .refine(isAuditId, 'must be the nextCursor of another page')
    .optional()
    .describe('The `nextCursor` of the page before.'),
});

const actSchema = z
  .object({
    id: z.string(),
    at: z.iso.datetime(),
    act: z.enum(auditActs),
    owner: z.string().describe('Who did it.'),
    keyId: z.string().nullable().describe('The key that was used; null: that of the settings, or none.'),
    subject: z.record(z.string(), z.unknown()).describe('What it was done to, such as `{"key": "key_..."}`.'),
    requestId: z.string(),
  })
  .meta({ id: 'Act', description: 'Something that an administrator did.' });

/** Some acts, the newest first. */
export const auditPageSchema = z
  .object({
    acts: z.array(actSchema),
    nextCursor: z.string().nullable().describe('For the next page, of older acts; null: there are none.'),
  })
  .meta({ id: 'Acts' });
export type AuditPage = z.infer<typeof auditPageSchema>;

export function toActView({ at, ...entry }: KeptAuditEntry): z.infer<typeof actSchema> {
  return { ...entry, at: new Date(at).toISOString() };
}
