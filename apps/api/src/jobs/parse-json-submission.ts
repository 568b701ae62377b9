import { basename } from 'node:path/posix';
import { EarshotError, type RequestFault } from '#jobs';
import { z } from 'zod';
import { faultsOf, invalidRequest } from '../problems/invalid-request.js';
import { plainWords } from '../problems/plain-words.js';
import { toFilename } from './filename.js';
import type { Field } from './submit-job.request.js';

/** The most bytes of a JSON body: its metadata, an address, and the rest. */
export const mostSubmissionBytes = 16_384;
/** Of an address of an input. */
export const mostUrlCharacters = 2048;

/** Where the input is: at an address, from which a worker is to fetch it, or uploaded before. */
export type NamedInput = { url: string } | { upload: string };

/** A body of `POST /jobs`: the fields as a form would have them, and the input. */
export interface JsonSubmission {
  fields: Field[];
  filename: string | null;
  input: NamedInput;
}

const mustBeGiven = 'must be given: {"url": "https://..."} or {"upload": "upload_..."}';

/** In a description, which knows nothing of refinements: one of the two. */
export const urlOrUpload = { oneOf: [{ required: ['url'] }, { required: ['upload'] }] };

/** Where the input of a job is. */
export const inputSchema = z
  .strictObject(
    {
      url: z
        .string({ error: 'must be the address of the input' })
        .max(mostUrlCharacters, { error: `must have at most ${mostUrlCharacters} characters` })
        .optional(),
      upload: z.string({ error: 'must be the id of an upload' }).max(100).optional(),
      filename: z.string().optional(),
    },
    { error: (issue) => (issue.code === 'invalid_type' ? mustBeGiven : undefined) },
  )
  .refine(({ url, upload }) => (url === undefined) !== (upload === undefined), mustBeGiven)
  .meta(urlOrUpload);

/** Fields that are text by themselves; the others are written in a form as they are in JSON. */
const textFields = ['model', 'webhook'];

const bodySchema = z.object({ model: z.string('must be a text: the name of a model').optional(), input: inputSchema });

/** Says what is wrong with fields. */
export type FaultsIn = (fields: readonly Field[]) => RequestFault[];

/**
 * The fields are only read where the rest is as it must be; who takes them judges them.
 *
 * @throws EarshotError `invalid_request` with all faults, those of the fields too
 */
export function parseJsonSubmission(body: unknown, faultsIn: FaultsIn): JsonSubmission {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new EarshotError('invalid_request', 'The body must be a JSON object with the fields of the job.');
  const given = Object.entries(body).filter(([name]) => name !== 'input');
  const fields = given.map(([name, value]): Field => [name, toText(name, value)]);
  const { data, error } = bodySchema.safeParse(body, { error: plainWords });
  if (error) throw invalidRequest([...faultsIn(fields), ...faultsOf(error)], { cause: error });
  return { fields, ...toInput(data.input) };
}

function toText(name: string, value: unknown): string {
  return textFields.includes(name) && typeof value === 'string' ? value : JSON.stringify(value);
}

function toInput({ url, upload, filename }: z.output<typeof inputSchema>): Pick<JsonSubmission, 'filename' | 'input'> {
  if (url !== undefined) return { filename: toFilename(filename ?? nameIn(url)), input: { url } };
  return { filename: toFilename(filename), input: { upload: upload ?? '' } };
}

/** The last part of an address's path. */
function nameIn(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const name = basename(new URL(url).pathname);
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
