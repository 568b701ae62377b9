import { z } from 'zod';

const statistics = ['recording', 'matrix'] as const;
const centre = z.union([z.enum(statistics), z.number(), z.array(z.number()).min(1)], {
  error: 'must be `recording`, `matrix`, a number, or a list with one number per row of the features',
});
const spread = z.union([z.enum(statistics), z.number().positive(), z.array(z.number().positive()).min(1)], {
  error: 'must be `recording`, `matrix`, a positive number, or a list with one positive number per row of the features',
});

/**
 * What is done to features before `fit`, so that the zeros `fit` adds are the mean: `(value - mean) / std`, or their
 * range is made another. `recording` takes each row's mean or deviation over the frames of the recording itself (of the
 * window, with `input.window`), which removes what a microphone or a room adds to every frame; `matrix` takes that of
 * all rows together.
 */
export const normalisationSchema = z
  .strictObject({
    mean: centre
      .optional()
      .describe(
        'what is taken from every value: a number; a list with one for each row; `recording`, each row’s own mean over ' +
          'the frames of the recording (of the window, with `input.window`); or `matrix`, that of all rows together',
      ),
    std: spread
      .optional()
      .describe('what every value is divided by then, given in the same ways: the standard deviation'),
    leastStd: z
      .number()
      .positive()
      .max(1)
      .optional()
      .describe('a smaller deviation counts as this one; only where `std` is `recording` or `matrix`; default 1e-8'),
    range: z
      .tuple([z.number(), z.number()])
      .optional()
      .describe('instead of `mean` and `std`: what the smallest and the largest value become'),
    over: z
      .enum(['matrix', 'row'])
      .optional()
      .describe('whether these values are those of all rows, or of each row; only with `range`; default `matrix`'),
  })
  .superRefine(({ mean, std, leastStd, range, over }, context) => {
    const refuse = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
    if (range && (mean ?? std ?? leastStd) !== undefined) refuse('range', 'cannot be given together with mean and std');
    if (!range && mean === undefined) refuse('mean', 'is missing');
    if (!range && std === undefined) refuse('std', 'is missing');
    if (!range && over !== undefined) refuse('over', 'has no meaning without range');
  });

/** See {@link normalisationSchema}. */
export type Normalisation = z.infer<typeof normalisationSchema>;
