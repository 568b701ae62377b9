import { readFileSync } from 'node:fs';

import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';

import { modelCardSchema } from '../card.js';
import { cardPage } from './card-page.js';
import { alternatives, type JsonSchema } from './json-schema.js';

const page = readFileSync('docs/card.md', 'utf8');

/** A page without what formatting changes: how wide the columns of tables are. */
function unformatted(text: string): string {
  return text
    .replaceAll(/\\([*_])/g, '$1')
    .replaceAll(/-{3,}/g, '---')
    .replaceAll(/ {2,}/g, ' ')
    .trim();
}

interface Leaf {
  path: string;
  description: string | undefined;
}

/** All fields that hold no further ones, found without the code that writes the page. */
function leaves(schema: JsonSchema, path: string): Leaf[] {
  const variants = alternatives(schema).filter(({ properties }) => properties);
  if (variants.length > 0) return variants.flatMap((variant) => leaves(variant, path));
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const own = path === '' ? name : `${path}.${name}`;
    const below = leaves(field, own);
    return below.length > 0 ? below : [{ path: own, description: field.description }];
  });
}

const fields = leaves(z.toJSONSchema(modelCardSchema, { io: 'input' }) as JsonSchema, '');

describe('docs/card.md', () => {
  it('is what `npm run docs:card` writes', () => {
    expect(unformatted(page)).toBe(unformatted(cardPage()));
  });

  it('has every field of a card', () => {
    expect(fields.map(({ path }) => path)).toEqual(expect.arrayContaining(['features.fit.frames', 'image.centre.box']));
    expect(fields.filter(({ path }) => !page.includes(`| \`${path}\``))).toEqual([]);
  });

  it('says what each of them means', () => {
    expect(fields.filter(({ description }) => !description)).toEqual([]);
  });

  it('says the kinds, limits and defaults of fields', () => {
    const rowOf = (path: string) => page.split('\n').find((line) => line.startsWith(`| \`${path}\` `));
    const cells = (path: string) =>
      rowOf(path)!
        .split('|')
        .slice(2, 4)
        .map((cell) => cell.trim());
    expect(cells('groupLimit')).toEqual(['whole number, 1 to 1,024', '`16`']);
    expect(cells('features.kind')).toEqual(['`mfcc`, `mel`, `spectrogram`', 'must be given']);
    expect(cells('features.window')[1]).toBe('`hann`');
    expect(cells('input.seconds')[0]).toBe('number, above 0, at most 3,600');
    expect(rowOf('features.mels')).toContain('`mfcc` and `mel` only');
  });
});
