import { join, relative } from 'node:path';
import { listSamples, sampleModel } from '../demo/samples.js';
import { requireFreePort } from '../stack/port.js';
import { startEarshot, type RunningEarshot } from '../stack/start-earshot.js';
import { InterruptedError, withStack } from '../stack/with-stack.js';
import type { Interruption } from '../terminal/interruption.js';
import { toLogLine } from '../terminal/log-line.js';
import type { Terminal } from '../terminal/terminal.js';

const defaultHost = '127.0.0.1';
const defaultPort = '3000';

export interface UpPlan {
  /** The checkout, built. Data lies in its folder `.earshot`. */
  readonly root: string;
  /** The caller's environment, whose settings go before the embedded defaults. */
  readonly env: NodeJS.ProcessEnv;
}

/**
 * Starts Redis, the workers and the API, shows what they log, and stays until a stop is requested.
 *
 * @throws CommandError if the port is taken, or if one of them ends unasked
 */
export async function runUp(plan: UpPlan, terminal: Terminal, interruption: Interruption): Promise<void> {
  // A setting that is empty has its default.
  await requireFreePort(plan.env['EARSHOT_HOST'] || defaultHost, plan.env['EARSHOT_PORT'] || defaultPort);
  interruption.requested.addEventListener('abort', () => {
    terminal.line('Stopping: running jobs are finished first (Ctrl-C again stops at once) ...');
  });
  const onLine = (service: string, line: string) =>
    terminal.line(toLogLine(service, line, (style, text) => terminal.paint(style, text)));
  try {
    await withStack(interruption, async (stack) => {
      terminal.line('Starting Redis, the workers and the API ...');
      const dataFolder = join(plan.root, '.earshot');
      const running = await startEarshot(stack, { root: plan.root, dataFolder, env: plan.env, onLine });
      const redis = plan.env['REDIS_URL'] ? 'at REDIS_URL' : `embedded, data in ${join(dataFolder, 'redis')}`;
      printWelcome(terminal, running, redis, await listSamples(plan.root));
      await stack.failed;
    });
  } catch (error) {
    if (!(error instanceof InterruptedError)) throw error;
    terminal.line('Stopped.');
  }
}

function printWelcome(terminal: Terminal, { url, env }: RunningEarshot, redis: string, samples: string[]): void {
  const address = url.replace('//127.0.0.1:', '//localhost:');
  const key = env['EARSHOT_AUTH'] === 'keys' ? '-H "Authorization: Bearer $EARSHOT_API_KEY" ' : '';
  const example = `curl ${key}-F model=${sampleModel} -F file=@${relative('', samples[0] ?? '')} ${address}/jobs`;
  terminal.line();
  terminal.line(terminal.paint('bold', `Earshot is up at ${address} (Ctrl-C stops it)`));
  terminal.line(`  redis    ${redis}`);
  terminal.line(`  objects  ${env['EARSHOT_STORE'] ?? ''}`);
  terminal.line(`  try      ${example}`);
  terminal.line();
}
