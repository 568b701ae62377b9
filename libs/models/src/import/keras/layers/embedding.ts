import { z } from 'zod';

import { layerKind, type LayerKind } from '../layer.js';
import { common, flag, ignored, number, size } from '../options.js';

/** Layers of sequences that have no state. */
export const sequenceLayers: Record<string, LayerKind> = {
  Embedding: layerKind(
    z.strictObject({
      ...common,
      input_dim: size,
      output_dim: size,
      input_length: ignored,
      mask_zero: flag(false),
      sparse: z.literal(false).optional(),
      weights: z.null().optional(),
      lora_rank: z.null().optional(),
      lora_alpha: z.null().optional(),
    }),
    {
      weights: () => ['embeddings'],
      apply: ({ options: { input_dim, output_dim, mask_zero }, input, add, take, site }) => {
        const { embeddings: table } = take({ embeddings: [input_dim, output_dim] });
        const value = add({ kind: 'embedding', table }, input);
        if (mask_zero) site.masked.add(value);
        return value;
      },
    },
  ),
  // Steps that hold nothing but 0 become 0 again; the mask says which.
  Masking: layerKind(z.strictObject({ ...common, mask_value: number.pipe(z.literal(0)).default(0) }), {
    apply: ({ input, site }) => {
      const value = { ...input };
      site.masked.add(value);
      return value;
    },
  }),
};
