import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { EarshotProblem } from '#client';
import { fileChangeWords, isFileChange, isProblem, problemWords } from './client/problem-words.js';
import { CommandError } from './command-error.js';
import { fileErrorWords } from './files/stat-of.js';
import { newProgram } from './program.js';
import { InterruptedError } from './stack/with-stack.js';

/** As a shell counts it: 128 and the number of SIGINT. */
const interruptedExitCode = 130;
/** As a shell counts it: 128 and the number of SIGPIPE. */
const brokenPipeExitCode = 141;
const { env, stdout, stderr } = process;

let isFaultSaid = false;

// What runs in the foreground is stopped in order, all else ends.
stdout.on('error', (error: NodeJS.ErrnoException) => {
  // Whoever read along, such as `head`, has enough.
  const isEnough = error.code === 'EPIPE';
  if (!isEnough && !isFaultSaid) stderr.write(`earshot: the output cannot be written: ${fileErrorWords(error)}\n`);
  isFaultSaid = true;
  if (!process.emit('SIGHUP', 'SIGHUP')) process.exit(isEnough ? brokenPipeExitCode : 1);
});

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const { version } = z
  .object({ version: z.string() })
  .parse(JSON.parse(await readFile(join(root, 'package.json'), 'utf8')));

try {
  await newProgram({ root, version, env, stdout, stderr }).parseAsync();
} catch (error) {
  stderr.write(`earshot: ${wordsOf(error)}\n`);
  process.exitCode = error instanceof InterruptedError ? interruptedExitCode : 1;
}

/** @throws what a person cannot mend */
function wordsOf(error: unknown): string {
  if (error instanceof EarshotProblem) return `${error.code}: ${problemWords(error)}`;
  if (isProblem(error)) return problemWords(error);
  if (isFileChange(error)) return fileChangeWords;
  if (error instanceof CommandError || error instanceof InterruptedError) return error.message;
  throw error;
}
