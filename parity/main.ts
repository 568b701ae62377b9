import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';

import { findCases } from './find-cases.js';
import { markdownTable, plainTable, summarise } from './report.js';
import { runCases } from './run-cases.js';

const usage = 'npm run models:parity -- [FOLDER] [--markdown]';
const options = process.argv.slice(2).filter((argument) => argument.startsWith('--'));
const [folder = process.env['EARSHOT_DATA'], ...more] = process.argv
  .slice(2)
  .filter((argument) => !argument.startsWith('--'));

if (folder === undefined || more.length > 0 || options.some((option) => option !== '--markdown')) {
  console.error(
    `${usage}: FOLDER has models in models/ and what a reference computed with them in golden/models/*.json or beside ` +
      'them. Without FOLDER it is EARSHOT_DATA, which is not set.',
  );
  process.exitCode = 2;
} else if (!existsSync(folder)) {
  console.error(`there is no folder ${folder}`);
  process.exitCode = 2;
} else {
  const lines = await runCases(await findCases(folder), Math.min(availableParallelism(), 4));
  const { text, passed } = summarise(lines);
  console.log(options.length > 0 ? markdownTable(lines) : plainTable(lines));
  console.log(`\n${text}`);
  process.exitCode = passed ? 0 : 1;
}
