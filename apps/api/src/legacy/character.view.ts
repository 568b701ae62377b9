import { z } from 'zod';
import { mostUrlCharacters } from '../jobs/parse-json-submission.js';

/** The parameters of `GET /v1/predict`. */
export const characterQuerySchema = z.object({
  image_url: z.string('must be the address of an image').max(mostUrlCharacters),
});

/** The body of `POST /v1/predict`. */
export const characterBodySchema = z.object({ image: z.string('must be data:image/png;base64,...') });

/** The answer of the server of characters. */
export const characterSchema = z.object({ pred: z.string(), conf: z.number() });
export type Character = z.infer<typeof characterSchema>;
