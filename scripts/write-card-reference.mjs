/** Writes docs/card.md from the schema that reads cards; `npm run docs:card` compiles it first. */
import { writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { cardPage } from '../dist/libs/models/src/reference/card-page.js';

const page = 'docs/card.md';
writeFileSync(page, await format(cardPage(), { ...(await resolveConfig(page)), filepath: page }));
