import { parse } from 'yaml';
import { z } from 'zod';

import { featuresSchema, type Features } from './card/features.js';
import { fileNameSchema } from './card/file-name.js';
import { audioInputSchema } from './card/input.js';
import { outputSchema } from './card/output.js';
import { samplesSchema } from './card/samples.js';
import { describeIssues } from './issues.js';

const name = z
  .string()
  .max(64)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower-case words joined by hyphens, such as fan-fault');
const version = z
  .string()
  .max(64)
  .regex(/^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9a-z.-]+)?$/, 'must be a version such as 1.0.0');

/** Everything between an input's bytes and a labelled result: adding a model needs such a card, and no code. */
export const modelCardSchema = z
  .strictObject({
    name,
    version,
    description: z.string().max(2000).optional(),
    task: z.literal('classification'),
    output: outputSchema,
    /** The weights file: Keras .h5 or .hdf5, or the model.json of a TensorFlow.js layers model. */
    weights: fileNameSchema,
    /** The label of the queue that its jobs wait in: workers subscribe to labels. */
    queue: z
      .string()
      .max(40)
      .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower-case words joined by hyphens, such as cpu')
      .default('cpu'),
    /** Most inputs predicted in one call of the network. */
    groupLimit: z.int().min(1).max(1024).default(16),
    /** Whom to credit, as the licence of the weights or their training data asks. */
    attribution: z.string().max(4000).optional(),
    /** The licence of the weights. */
    licence: z.string().max(200).optional(),
    /** How well it was found to do, and on what: any figures and words. */
    evaluation: z.record(z.string(), z.json()).optional(),
    input: audioInputSchema,
    samples: samplesSchema.optional(),
    features: featuresSchema,
  })
  .refine(({ input, output }) => input.window !== undefined || output.segments === undefined, {
    path: ['output', 'segments'],
    error: 'has no meaning without input.window',
  })
  .refine(({ input, features }) => bandsFit(features, input.sampleRate), {
    path: ['features', 'highestHz'],
    error: 'and lowestHz must lie below half of input.sampleRate',
  });

function bandsFit(features: Features, sampleRate: number): boolean {
  if (features.kind === 'spectrogram') return true;
  const { lowestHz = 0, highestHz = sampleRate / 2 } = features;
  return lowestHz < highestHz && highestHz <= sampleRate / 2;
}

/** A card with every default filled in. */
export type ModelCard = z.infer<typeof modelCardSchema>;
/** The card of a model of recordings; so far every card is one. */
export type AudioCard = ModelCard;

/** A card that cannot be used; `message` names every faulty field and what it must be. */
export class CardError extends Error {
  override readonly name = 'CardError';
}

/**
 * Reads a model.yaml.
 *
 * @throws CardError if it is not YAML, a field is missing, out of range or unknown, or `input.kind` is not served
 */
export function parseModelCard(yamlText: string): ModelCard {
  const card = modelCardSchema.safeParse(parseYaml(yamlText), { reportInput: true });
  if (card.success) return card.data;
  throw new CardError(describeIssues(card.error.issues).join('; '));
}

function parseYaml(text: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    const [firstLine] = String(error).split('\n');
    throw new CardError(`the card is not YAML: ${firstLine}`, { cause: error });
  }
}
