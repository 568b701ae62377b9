import { toBatchPath } from '#jobs';
import { z } from 'zod';
import { mostUrlCharacters, urlOrUpload } from '../jobs/parse-json-submission.js';

/** So many of the longest fit into what a body may weigh. */
export const mostItems = 1000;
export const mostItemsBytes = 4 * 2 ** 20;

const itemShape = 'must be {"url": "https://...", "path": "..."} or {"upload": "upload_...", "path": "..."}';

const batchItemSchema = z
  .strictObject(
    {
      url: z
        .string({ error: 'must be the address of the file' })
        .max(mostUrlCharacters, { error: `must have at most ${mostUrlCharacters} characters` })
        .optional(),
      upload: z.string({ error: 'must be the id of an upload' }).max(100).optional(),
      path: z
        .string({ error: 'must be given: where the file belongs in the batch, such as mill/fan-1.wav' })
        .transform((text, context) => {
          const path = toBatchPath(text);
          if (path !== null) return path;
          context.addIssue('must be relative, without . and .., of at most 1024 bytes');
          return z.NEVER;
        }),
    },
    { error: (issue) => (issue.code === 'invalid_type' ? itemShape : undefined) },
  )
  .refine(({ url, upload }) => (url === undefined) !== (upload === undefined), itemShape)
  .meta(urlOrUpload);

/** A file of a batch that a worker is to get: from an address, or an upload. */
export type BatchItem = z.infer<typeof batchItemSchema>;

/** The files that a batch is opened with. */
export const batchItems = z
  .array(batchItemSchema, { error: 'must be a list of files' })
  .max(mostItems, `must be at most ${mostItems} files; add others with POST /batches/{id}/files`)
  .superRefine((items, context) => {
    const first = new Map<string, number>();
    items.forEach((item, i) => {
      const known = first.get(item.path);
      if (known === undefined) first.set(item.path, i);
      else if (originOf(items[known] as BatchItem) !== originOf(item))
        context.addIssue({
          code: 'custom',
          path: [i, 'path'],
          message: `is that of /items/${known}, which is another file`,
        });
    });
  });

/** What tells one source from others, as a batch keeps it. */
export function originOf({ url, upload }: BatchItem): string {
  return url === undefined ? `upload:${upload}` : `url:${url}`;
}
