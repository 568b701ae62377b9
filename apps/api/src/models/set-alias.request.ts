import { z } from 'zod';

/** The body of `PUT /models/{name}/aliases/{alias}`. */
export const setAliasSchema = z.strictObject({
  version: z
    .string('must be given: the version that the alias is to name, such as {"version": "1.0.0"}')
    .describe('The version that the alias is to name.'),
});
