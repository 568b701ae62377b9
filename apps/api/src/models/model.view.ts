import type { ModelRecord } from '#models/catalog';
import { aliasesOf, type KnownModels } from './choose-model.js';

/** A model in a list: the version that its bare name means, which versions there are, and what its aliases mean. */
export function toModelSummary(record: ModelRecord, { records, aliases }: KnownModels) {
  const { name, version, digest, card, registeredAt } = record;
  return {
    name,
    version,
    digest,
    description: card.description ?? null,
    task: card.task,
    input: card.input,
    queue: card.queue,
    registeredAt,
    versions: records.filter((other) => other.name === name).map((other) => other.version),
    aliases: aliasesOf(aliases, name),
    links: { self: `/models/${name}/versions/${version}` },
  };
}

/** A version with all that callers may know of it. */
export function toModelView(record: ModelRecord, known: KnownModels) {
  const { card, network, check, groupLimit } = record;
  return { ...toModelSummary(record, known), card, network, check, groupLimit };
}

export type ModelView = ReturnType<typeof toModelView>;
