import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { EarshotClient } from '#client';
import { openClient } from '../client/open-client.js';
import { CommandError } from '../command-error.js';
import { withoutSettings } from '../stack/stack-environment.js';
import { startEarshot } from '../stack/start-earshot.js';
import { withStack } from '../stack/with-stack.js';
import { finishJobs } from '../submit/finish-jobs.js';
import { printFailures, printJobTable } from '../submit/job-table.js';
import { submitSources } from '../submit/submit-sources.js';
import type { Interruption } from '../terminal/interruption.js';
import type { Terminal } from '../terminal/terminal.js';
import { listSamples, sampleModel } from './samples.js';

const modelMs = 60_000;
const pollMs = 100;

export interface DemoPlan {
  /** The checkout, built; its folder `samples` holds the recordings. */
  readonly root: string;
  /** Where a folder for the demo's data may be made; it is removed again. */
  readonly temporaryFolder: string;
  /** The caller's environment. None of its settings counts, `REDIS_URL` included: a queue that is in use has jobs the demo must not take. */
  readonly env: NodeJS.ProcessEnv;
}

/**
 * Runs every sample through an Earshot of its own, on a free port over a folder of its own, and prints what was heard.
 *
 * @throws CommandError if a recording has no result
 */
export async function runDemo(plan: DemoPlan, terminal: Terminal, interruption: Interruption): Promise<void> {
  const files = await listSamples(plan.root);
  const dataFolder = await mkdtemp(join(plan.temporaryFolder, 'earshot-demo-'));
  try {
    await withStack(interruption, async (stack, over) => {
      terminal.phase('Starting Redis, the workers and the API ...');
      const env = { ...withoutSettings(plan.env), EARSHOT_PORT: '0' };
      const { url } = await startEarshot(stack, { root: plan.root, dataFolder, env });
      await recogniseAll(openClient(url, { signal: over }), files, terminal);
    });
  } finally {
    terminal.clearProgress();
    await rm(dataFolder, { recursive: true, force: true });
  }
  terminal.line('Everything is stopped again. Next: npm start');
}

async function recogniseAll(client: EarshotClient, files: readonly string[], terminal: Terminal): Promise<void> {
  const version = await modelVersion(client, terminal);
  const startedAt = performance.now();
  const progress = (done: number) => terminal.progress(`Recognising ${files.length} recordings: ${done} done ...`);
  terminal.phase(`Recognising ${files.length} recordings ...`);
  const sources = files.map((file) => ({ file }));
  const finished = await finishJobs(client, await submitSources(client, sources, { model: sampleModel }), progress);
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  printJobTable(terminal, finished);
  terminal.line();
  const failed = printFailures(terminal, finished);
  if (failed > 0) throw new CommandError(`${failed} of ${files.length} recordings have no result`);
  terminal.line(terminal.paint('green', `${files.length} recordings in ${seconds} s with ${sampleModel} ${version}.`));
}

/** Waits until the worker has registered the model. */
async function modelVersion(client: EarshotClient, terminal: Terminal): Promise<string> {
  const deadline = Date.now() + modelMs;
  terminal.phase(`Waiting for the model ${sampleModel} ...`);
  for (;;) {
    const found = (await client.models.list()).find(({ name }) => name === sampleModel);
    if (found) return found.version;
    if (Date.now() > deadline)
      throw new CommandError(`the model ${sampleModel} was not registered within ${modelMs / 1000} s`);
    await delay(pollMs);
  }
}
