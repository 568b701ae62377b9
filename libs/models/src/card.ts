import { z } from 'zod';

import { featuresSchema, type Features } from './card/features.js';
import { fileNameSchema } from './card/file-name.js';
import { idleFields } from './card/idle-fields.js';
import { imageInputSchema } from './card/image-input.js';
import { imageSchema } from './card/image.js';
import { audioInputSchema } from './card/input.js';
import { outputFaults, type OutputOfCard } from './card/output-faults.js';
import { outputSchema, taskSchema } from './card/output.js';
import { samplesSchema } from './card/samples.js';
import type { WindowSpec } from './card/window.js';
import { parseYaml } from './card/yaml.js';
import { describeIssues } from './issues.js';

const hyphenated = /^[a-z0-9]+(-[a-z0-9]+)*$/;

const fieldsOfAll = {
  name: z
    .string()
    .max(64)
    .regex(hyphenated, 'must be lower-case words joined by hyphens, such as fan-fault')
    .describe('what jobs call the model: lower-case words joined by hyphens'),
  version: z
    .string()
    .max(64)
    .regex(/^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9a-z.-]+)?$/, 'must be a version such as 1.0.0')
    .describe('such as `1.0.0`; what is registered under a version never changes'),
  description: z.string().max(2000).optional().describe('what it is for, in a sentence'),
  task: taskSchema,
  output: outputSchema.describe('what the network’s output means; which fields there are depends on `task`'),
  weights: fileNameSchema.describe('the weights file, in the same folder'),
  topology: fileNameSchema
    .optional()
    .describe('the JSON of `model.to_json()`, beside a Keras file that holds weights alone'),
  queue: z
    .string()
    .max(40)
    .regex(hyphenated, 'must be lower-case words joined by hyphens, such as cpu')
    .default('cpu')
    .describe('the label of the queue that its jobs wait in; workers subscribe to labels'),
  groupLimit: z.int().min(1).max(1024).default(16).describe('most inputs predicted in one call of the network'),
  attribution: z
    .string()
    .max(4000)
    .optional()
    .describe('whom to credit, as the licence of the weights or of their training data asks'),
  licence: z.string().max(200).optional().describe('the licence of the weights'),
  evaluation: z
    .record(z.string(), z.json())
    .optional()
    .describe('how well it was found to do, and on what: a map of any figures and words'),
};

const audioCardSchema = z
  .strictObject({
    ...fieldsOfAll,
    input: audioInputSchema.describe('how a recording becomes mono samples at one rate and of bounded length'),
    samples: samplesSchema
      .optional()
      .describe(
        'what is done to the samples, after resampling and before features: only what is named, and in this order',
      ),
    features: featuresSchema.describe(
      'how samples become the network’s input; defaults are those of librosa 0.11, and distances to librosa and ' +
        'TensorFlow are in [Features](architecture/06-features.md)',
    ),
  })
  .superRefine(refuseOutput)
  .refine(({ input, features }) => bandsFit(features, input.sampleRate), {
    path: ['features', 'highestHz'],
    error: 'and lowestHz must lie below half of input.sampleRate',
  });

const imageCardSchema = z
  .strictObject({
    ...fieldsOfAll,
    input: imageInputSchema.describe('how an image’s file becomes pixels, upright as its EXIF orientation says'),
    image: imageSchema.describe(
      'how pixels become the network’s input, in this order; until `range` they are from 0, black, to 1, white',
    ),
  })
  .superRefine(refuseOutput);

/** Everything between an input's bytes and a labelled result: adding a model needs such a card, and no code. */
export const modelCardSchema = z.union([audioCardSchema, imageCardSchema]);

function refuseOutput(card: OutputOfCard, context: z.RefinementCtx): void {
  for (const [path, message] of outputFaults(card)) context.addIssue({ code: 'custom', path, message });
}

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
  const content = contentOf(yamlText);
  const kind = kindOf(content);
  const schema = kind === 'image' ? imageCardSchema : audioCardSchema;
  const card = schema.safeParse(content, { reportInput: true });
  const whole = kind === 'image' ? 'the card of an image model' : 'a model card';
  if (!card.success) throw new CardError(describeIssues(card.error.issues, whole).join('; '));
  const idle = isAudioCard(card.data) ? [...idleFields(card.data.features, featuresOf(content))] : [];
  if (idle.length === 0) return card.data;
  throw new CardError(idle.map(([path, message]) => `${path.join('.')} ${message}`).join('; '));
}

function featuresOf(content: unknown): unknown {
  return z.object({ features: z.unknown() }).safeParse(content).data?.features;
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

function contentOf(text: string): unknown {
  try {
    return parseYaml(text);
  } catch (error) {
    const [firstLine] = String(error).split('\n');
    throw new CardError(`the card is not YAML: ${firstLine}`, { cause: error });
  }
}
