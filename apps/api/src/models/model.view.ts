import { modelCardSchema } from '#models/card';
import { modelRecordSchema, type ModelRecord } from '#models/catalog';
import { z } from 'zod';
import { aliasesOf, type KnownModels } from './choose-model.js';

const { name, version, digest, network, check, groupLimit, registeredAt } = modelRecordSchema.shape;
const [audio, image] = modelCardSchema.options;

const summaryFields = {
  name,
  version,
  digest,
  description: z.string().nullable(),
  task: audio.shape.task,
  input: z.union([audio.shape.input, image.shape.input]),
  queue: z.string(),
  registeredAt,
  versions: z.array(z.string()).describe('All of the model, the highest first.'),
  aliases: z.record(z.string(), z.string()).describe('What each alias of the model names.'),
  links: z.object({ self: z.string() }),
};

/** A model in a list: the version that its bare name means, which versions there are, and what its aliases mean. */
export const modelSummarySchema = z.object(summaryFields).meta({ id: 'ModelSummary' });
export type ModelSummary = z.infer<typeof modelSummarySchema>;

export const modelsViewSchema = z.object({ models: z.array(modelSummarySchema) }).meta({ id: 'Models' });

/** A version with all that callers may know of it. */
export const modelViewSchema = z
  .object({ ...summaryFields, card: modelCardSchema.meta({ id: 'ModelCard' }), network, check, groupLimit })
  .meta({ id: 'Model', description: 'A version of a model, with its card.' });
export type ModelView = z.infer<typeof modelViewSchema>;

export function toModelSummary(record: ModelRecord, { records, aliases }: KnownModels): ModelSummary {
  const { card } = record;
  return {
    ...{ name: record.name, version: record.version, digest: record.digest },
    description: card.description ?? null,
    task: card.task,
    input: card.input,
    queue: card.queue,
    registeredAt: record.registeredAt,
    versions: records.filter((other) => other.name === record.name).map((other) => other.version),
    aliases: aliasesOf(aliases, record.name),
    links: { self: `/models/${record.name}/versions/${record.version}` },
  };
}

export function toModelView(record: ModelRecord, known: KnownModels): ModelView {
  const { card, network: read, check: checked, groupLimit: limit } = record;
  return { ...toModelSummary(record, known), card, network: read, check: checked, groupLimit: limit };
}
