import { z } from 'zod';

import { modelCardSchema } from '../card.js';
import { fieldRows, type FieldRow } from './field-rows.js';
import { alternatives, type JsonSchema } from './json-schema.js';

const introduction = `# The card

<!-- Written by \`npm run docs:card\` from the schema in libs/models/src/card: change that, and run it again. -->

Every field that \`model.yaml\` may have; others are refused. [Adding a model](models.md) shows how to write one. Names in brackets are those that librosa has for the same thing.`;

/** The page that lists every field of a card, from the schema that reads cards; to be formatted by Prettier. */
export function cardPage(): string {
  const schema: JsonSchema = z.toJSONSchema(modelCardSchema, { io: 'input' }) as JsonSchema;
  const [audio, image] = alternatives(schema) as [JsonSchema, JsonSchema];
  return [
    introduction,
    sectionText('Every card', undefined, rowsOutsideSections(audio)),
    ...['input', 'samples', 'features'].map((name) => cardSection(`Recordings: \`${name}\``, audio, name)),
    ...['input', 'image'].map((name) => cardSection(`Images: \`${name}\``, image, name)),
    cardSection('Results: `output`', audio, 'output'),
  ].join('\n\n');
}

function rowsOutsideSections(card: JsonSchema): FieldRow[] {
  return fieldRows(card, '').filter(({ path }) => !/^(input|samples|features|output)\b/.test(path));
}

function cardSection(title: string, card: JsonSchema, name: string): string {
  const schema = card.properties![name]!;
  return sectionText(title, schema.description, fieldRows(schema, name));
}

function sectionText(title: string, text: string | undefined, rows: FieldRow[]): string {
  const table = [
    '| field | value | default | meaning |',
    '| --- | --- | --- | --- |',
    ...rows.map(
      (row) => `| ${[`\`${row.path}\``, row.value, row.default, sentence(row.meaning)].map(cell).join(' | ')} |`,
    ),
  ].join('\n');
  return [`## ${title}`, text && sentence(text), table].filter(Boolean).join('\n\n');
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${text.endsWith('.') ? '' : '.'}`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
