import type { ModelsClient, ModelSummary } from '#client';
import { toTable, type Column } from '../terminal/table.js';
import type { Printing } from './check-model.js';

const columns: readonly Column[] = ['name', 'versions', 'aliases', 'task', 'queue'].map((title) => ({
  title,
  align: 'left',
}));

/** Shows every model with its versions, the highest first, and its aliases. */
export async function listModels(
  client: ModelsClient,
  options: { json?: boolean },
  { terminal, printJson }: Printing,
): Promise<void> {
  const models = await client.list();
  if (options.json) return printJson(JSON.stringify({ models }));
  if (models.length === 0) return terminal.line('There are no models. Add one: earshot models add FOLDER');
  const [titles = '', ...rows] = toTable(columns, models.map(toRow), terminal.columns);
  terminal.line(terminal.paint('bold', titles));
  for (const row of rows) terminal.line(row);
}

function toRow({ name, version, versions, aliases, task, queue }: ModelSummary): string[] {
  return [name, (versions ?? [version]).join(', '), aliasWords(aliases) || '-', task ?? '-', queue ?? '-'];
}

/** Such as `latest = 1.1.0, stable = 1.0.0`. */
export function aliasWords(aliases: ModelSummary['aliases'] | undefined): string {
  return Object.entries(aliases ?? {})
    .map(([alias, version]) => `${alias} = ${version}`)
    .join(', ');
}
