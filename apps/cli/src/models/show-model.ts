import { stringify } from 'yaml';

import type { Model, ModelsClient } from '#client';
import type { Printing } from './check-model.js';
import { aliasWords } from './list-models.js';
import type { ModelName } from './model-name.js';
import { checkWords, networkWords } from './model-words.js';

/** Shows one version: what it is, what its network is, how it was checked, and its card. */
export async function showModel(
  client: ModelsClient,
  name: ModelName,
  options: { json?: boolean },
  { terminal, printJson }: Printing,
): Promise<void> {
  const model = await client.get(name);
  if (options.json) return printJson(JSON.stringify(model));
  terminal.line(terminal.paint('bold', `${model.name} ${model.version}  ${model.digest}`));
  for (const [title, text] of toFacts(model)) terminal.line(`${title.padEnd(10)}  ${text}`);
  if (!model.card) return;
  terminal.line();
  terminal.line(stringify(model.card).trimEnd());
}

function toFacts({ network, check, versions, aliases, task, queue, registeredAt }: Model): [string, string][] {
  const facts: [string, string | null | undefined][] = [
    ['task', task],
    ['queue', queue],
    ['network', network && networkWords(network)],
    ['check', check && checkWords(check)],
    ['registered', registeredAt],
    ['versions', versions?.join(', ')],
    ['aliases', aliasWords(aliases)],
  ];
  return facts.filter((fact): fact is [string, string] => Boolean(fact[1]));
}
