import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, it } from '@jest/globals';
import { builtInModels } from './bundles.js';
import { until } from './until.js';
import { withFolder } from './with-folder.js';
import { withService } from './with-service.js';

const [, example = ''] = /^```ts\n(.+?)^```$/ms.exec(readFileSync('docs/api.md', 'utf8')) ?? [];
/** What its lines print, as they say themselves. */
const said = [...example.matchAll(/console\.log\(.+\); \/\/ (.+)$/gm)].map(([, words]) => words);
const client = new URL('../dist/libs/client/src/index.js', import.meta.url).href;

it('the client does what docs/api.md shows of it', () =>
  withService({ EARSHOT_MODELS: builtInModels }, (service) =>
    withFolder(async (folder) => {
      await service.startWorker();
      const { url } = service;
      await until('the built-in model is there', async () => (await fetch(`${url}/models/spoken-digits`)).ok);
      const program = join(folder, 'example.mjs');
      await writeFile(program, example.replace('http://localhost:3000', url).replace('#client', client));
      const run = spawn(process.execPath, [program]);
      const [output, errors] = await Promise.all([text(run.stdout), text(run.stderr), once(run, 'exit')]);
      expect({ output, errors }).toEqual({ output: `${said.join('\n')}\n`, errors: '' });
      expect(said).toHaveLength(2);
    }),
  ));
