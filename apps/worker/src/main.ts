import { readFileSync } from 'node:fs';
import { NestFactory } from '@nestjs/core';
import { pino } from 'pino';
import { connectRedis, openStore, patientRedisOptions, SettingsError } from '#jobs';
import { registerModels } from './registration/register-models.js';
import { parseWorkerSettings, type WorkerSettings } from './settings.js';
import { WorkerModule } from './worker.module.js';

const program = new URL('./compute/compute.process.js', import.meta.url);
const packageFile = new URL('../../../../package.json', import.meta.url);

async function main(): Promise<void> {
  const settings = readSettings();
  const base = { app: 'worker', pid: process.pid };
  // Written at once: lines held back until the exit keep the process from exiting if nobody reads them any more.
  const log = pino({ level: settings.logLevel, base }, pino.destination({ dest: 1, sync: true }));
  const { version } = JSON.parse(readFileSync(packageFile, 'utf8')) as { version: string };
  const { engine, computeMemoryBytes: memoryLimitBytes } = settings;
  const setup = { store: settings.store, engine, memoryLimitBytes, version };
  const redis = connectRedis(patientRedisOptions(settings.redisUrl), (error) =>
    log.warn({ error: error.message }, 'redis'),
  );
  const store = await openStore(settings.store);
  const models = await registerModels(settings.modelFolders, { program, setup, log });
  const module = WorkerModule.of({ settings, redis, store, log, program, setup });
  const app = await NestFactory.createApplicationContext(module, { abortOnError: false, logger: false });

  let stopping = false;
  const stop = async (why: string): Promise<void> => {
    if (stopping) return;
    stopping = true;
    log.info({ why }, 'worker stopping: running jobs are finished, waiting ones go back to their queue');
    await app.close();
    redis.disconnect();
    store.close();
    log.info('worker stopped');
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop(signal));
  if (settings.followParent) process.on('disconnect', () => void stop('parent gone'));

  log.info({ queues: settings.queues, processes: settings.computeProcesses, engine, models }, 'worker ready');
  process.send?.({ type: 'ready', models });
}

function readSettings(): WorkerSettings {
  try {
    return parseWorkerSettings(process.env);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    for (const fault of error.faults) console.error(`earshot worker: ${fault}`);
    process.exit(1);
  }
}

await main().catch((error: unknown) => {
  console.error(`earshot worker: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
});
