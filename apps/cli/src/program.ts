import { tmpdir } from 'node:os';
import { Command } from 'commander';
import { newBatchCommand } from './batch/batch-command.js';
import { openClient } from './client/open-client.js';
import { runDemo } from './demo/demo.js';
import { newCompletionCommand } from './completion/completion-command.js';
import { newJobsCommand } from './jobs/jobs-command.js';
import { newKeysCommand } from './keys/keys-command.js';
import { newLimitsCommand } from './limits/limits-command.js';
import { newModelsCommand } from './models/models-command.js';
import { newSubmitCommand } from './submit/submit-command.js';
import { withInterruption } from './terminal/interruption.js';
import { Terminal, type Output } from './terminal/terminal.js';
import { runUp } from './up/up.js';
import { newWebhooksCommand } from './webhooks/webhooks-command.js';

const defaultUrl = 'http://127.0.0.1:3000';
const defaultEngine = 'onnxruntime';

/** What the command is given from outside. */
export interface Surroundings {
  /** The checkout, built. */
  readonly root: string;
  readonly version: string;
  readonly env: NodeJS.ProcessEnv;
  readonly stdout: Output;
  readonly stderr: Output;
}

/** The `earshot` command. Its actions throw CommandError for everything a person can mend. */
export function newProgram({ root, version, env, stdout, stderr }: Surroundings): Command {
  const terminal = (output: Output) => {
    const colours = Boolean(output.isTTY) && !env['NO_COLOR'];
    // Whoever reads the lines of a pipe wants what was found out, not how far it is.
    const aside = output.isTTY ? output : stderr;
    if (env['TERM'] === 'dumb') return new Terminal(plain(output), false, Date.now, plain(aside));
    return new Terminal(output, colours, Date.now, aside);
  };
  const url = env['EARSHOT_URL'] || defaultUrl;
  const apiKey = env['EARSHOT_API_KEY'] || undefined;
  const printJson = (line: string) => stdout.write(`${line}\n`);
  const program = new Command('earshot').version(version).description('A self-hosted, queue-based inference pipeline.');

  program
    .command('up')
    .description('start Redis, the workers and the API here, until Ctrl-C (npm start)')
    .action(() => withInterruption(process, Date.now, (stop) => runUp({ root, env }, terminal(stdout), stop)));

  program
    .command('demo')
    .description('run the sample recordings through a stack of its own (npm run demo)')
    .action(() => {
      const plan = { root, env, temporaryFolder: tmpdir() };
      return withInterruption(process, Date.now, (stop) => runDemo(plan, terminal(stdout), stop));
    });

  program.addCommand(
    newSubmitCommand({
      client: (signal) => openClient(url, { apiKey, signal }),
      terminal: (json) => terminal(json ? stderr : stdout),
      printJson,
    }),
  );

  program.addCommand(
    newBatchCommand({
      client: () => openClient(url, { apiKey }),
      terminal: (json) => terminal(json ? stderr : stdout),
      printJson,
    }),
  );

  program.addCommand(
    newJobsCommand({
      client: () => openClient(url, { apiKey }),
      terminal: (json) => terminal(json ? stderr : stdout),
      ...{ printJson, stdout },
    }),
  );

  program.addCommand(
    newModelsCommand({
      ...{ root, url, apiKey, printJson },
      engine: env['EARSHOT_ENGINE'] || defaultEngine,
      terminal: (json) => terminal(json ? stderr : stdout),
    }),
  );

  program.addCommand(
    newKeysCommand({
      client: () => openClient(url, { apiKey }),
      terminal: (json) => terminal(json ? stderr : stdout),
      printJson,
    }),
  );

  program.addCommand(
    newLimitsCommand({
      client: () => openClient(url, { apiKey }),
      terminal: (json) => terminal(json ? stderr : stdout),
      printJson,
    }),
  );

  program.addCommand(
    newWebhooksCommand({
      client: () => openClient(url, { apiKey }),
      terminal: (json) => terminal(json ? stderr : stdout),
      printJson,
    }),
  );

  program.addCommand(newCompletionCommand(program, stdout));

  return program;
}

/** A terminal that knows no escape codes is written to as a file is. */
function plain(output: Output): Output {
  return { write: (text) => output.write(text) };
}
