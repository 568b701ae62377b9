import { parse } from 'yaml';
import { z } from 'zod';

import { featuresSchema, type Features } from './card/features.js';
import { fileNameSchema } from './card/file-name.js';
import { imageInputSchema } from './card/image-input.js';
import { imageSchema } from './card/image.js';
import { audioInputSchema } from './card/input.js';
import { outputSchema } from './card/output.js';
import { samplesSchema } from './card/samples.js';
import type { WindowSpec } from './card/window.js';
import { describeIssues } from './issues.js';

const name = z
  .string()
  .max(64)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower-case words joined by hyphens, such as fan-fault');
const version = z
  .string()
  .max(64)
  .regex(/^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9a-z.-]+)?$/, 'must be a version such as 1.0.0');

const fieldsOfAll = {
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
};

const audioCardSchema = z
  .strictObject({
    ...fieldsOfAll,
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

const imageCardSchema = z
  .strictObject({ ...fieldsOfAll, input: imageInputSchema, image: imageSchema })
  .refine(({ output }) => output.segments === undefined, {
    path: ['output', 'segments'],
    error: 'has no meaning for images',
  });

/** Everything between an input's bytes and a labelled result: adding a model needs such a card, and no code. */
export const modelCardSchema = z.union([audioCardSchema, imageCardSchema]);

function bandsFit(features: Features, sampleRate: number): boolean {
  if (features.kind === 'spectrogram') return true;
  const { lowestHz = 0, highestHz = sampleRate / 2 } = features;
  return lowestHz < highestHz && highestHz <= sampleRate / 2;
}

/** The card of a model of recordings, with every default filled in. */
export type AudioCard = z.infer<typeof audioCardSchema>;
/** The card of a model of images, with every default filled in. */
export type ImageCard = z.infer<typeof imageCardSchema>;
/** The card of any model. */
export type ModelCard = AudioCard | ImageCard;

/** True for the card of a model of recordings. */
export function isAudioCard(card: ModelCard): card is AudioCard {
  return card.input.kind === 'audio';
}

/** How a recording of any length is heard, if that is in windows. */
export function windowOf({ input }: ModelCard): WindowSpec | undefined {
  return input.kind === 'audio' ? input.window : undefined;
}

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
  const content = parseYaml(yamlText);
  const kind = kindOf(content);
  const schema = kind === 'image' ? imageCardSchema : audioCardSchema;
  const card = schema.safeParse(content, { reportInput: true });
  if (card.success) return card.data;
  const whole = kind === 'image' ? 'the card of an image model' : 'a model card';
  throw new CardError(describeIssues(card.error.issues, whole).join('; '));
}

/** Which fields a card has depends on it, so that nothing else can be said of a card of another kind. */
function kindOf(content: unknown): 'audio' | 'image' | undefined {
  const { data } = z.object({ input: z.object({ kind: z.string() }) }).safeParse(content);
  const kind = data?.input.kind;
  if (kind === undefined || kind === 'audio' || kind === 'image') return kind;
  throw new CardError('input.kind must be audio or image');
}

/**
 * Reads a model.yaml of a model of recordings.
 *
 * @throws CardError as {@link parseModelCard}, and for the card of another model
 */
export function parseAudioCard(yamlText: string): AudioCard {
  const card = parseModelCard(yamlText);
  if (isAudioCard(card)) return card;
  throw new CardError('input.kind must be audio');
}

function parseYaml(text: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    const [firstLine] = String(error).split('\n');
    throw new CardError(`the card is not YAML: ${firstLine}`, { cause: error });
  }
}
