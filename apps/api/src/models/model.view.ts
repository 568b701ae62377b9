import type { ModelRecord } from '#models/catalog';

/** A registered version as callers see it. */
export function toModelView(record: ModelRecord) {
  const { name, version, digest, card, registeredAt } = record;
  return {
    name,
    version,
    digest,
    description: card.description ?? null,
    task: card.task,
    input: card.input,
    output: card.output,
    queue: card.queue,
    attribution: card.attribution ?? null,
    licence: card.licence ?? null,
    evaluation: card.evaluation ?? null,
    registeredAt,
    links: { self: `/models/${name}/versions/${version}` },
  };
}

/**
 * The highest version of a model, and which versions there are.
 *
 * @param versions of one model, at least one, the highest first
 */
export function toLatestModelView(versions: readonly ModelRecord[]) {
  const [latest] = versions as [ModelRecord];
  return { ...toModelView(latest), versions: versions.map(({ version }) => version) };
}
