import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

import { expect, it } from '@jest/globals';

import { builtInModels, writeFanBundle } from '../../../test/bundles.js';
import { hasReferenceData } from '../../../test/reference-data.js';
import { withFolder } from '../../../test/with-folder.js';
import type { EngineName } from './engine-names.js';

const program = resolve('test/models/reload.process.mjs');
const digits = join(builtInModels, 'spoken-digits', '1.0.0');
const mostMiB = 50;

it.each<EngineName>(['onnxruntime', 'tfjs-wasm'])(
  '%s gives back the memory of 100 loads',
  (engine) =>
    withFolder(async (folder) => {
      const bundle = hasReferenceData ? await writeFanBundle(folder) : digits;
      const args = ['--expose-gc', program, bundle, join(folder, 'objects'), engine, '100'];
      const { stdout } = await promisify(execFile)(process.execPath, args);
      process.stdout.write(stdout);
      expect((JSON.parse(stdout) as { grownMiB: number }).grownMiB).toBeLessThan(mostMiB);
    }),
  180_000,
);
