import { readFileSync } from 'node:fs';
import { NestFactory } from '@nestjs/core';
import { pino, type Logger } from 'pino';
import { connectRedis, openStore, patientRedisOptions, SettingsError } from '#jobs';
import { letOthersGoFirst } from './let-others-go-first.js';
import { registerModels } from './registration/register-models.js';
import { parseWorkerSettings, type WorkerSettings } from './settings.js';
import { Shutdown } from './shutdown.js';
import { WorkerModule } from './worker.module.js';

const program = new URL('../../../compute-process/compute.process.js', import.meta.url);
const packageFile = new URL('../../../../package.json', import.meta.url);

async function main(settings: WorkerSettings, log: Logger, shutdown: Shutdown): Promise<void> {
  const { version } = JSON.parse(readFileSync(packageFile, 'utf8')) as { version: string };
  const { engine, modelMemoryBytes, computeMemoryBytes: memoryLimitBytes } = settings;
  const memory = { modelMemoryBytes, memoryLimitBytes };
  const setup = { store: settings.store, engine, coordinatorPid: process.pid, ...memory, version };
  const redis = connectRedis(patientRedisOptions(settings.redisUrl), (error) =>
    log.warn({ error: error.message }, 'redis'),
  );
  const store = await openStore(settings.store);
  const models = await registerModels(settings.modelFolders, { program, setup, log, queues: settings.queues });
  const module = WorkerModule.of({ settings, redis, store, log, program, setup });
  const app = await NestFactory.createApplicationContext(module, { abortOnError: false, logger: false });
  shutdown.arm(redis, async () => {
    await app.close();
    redis.disconnect();
    store.close();
  });
  const { roles, queues, computeProcesses: processes } = settings;
  log.info({ roles, ...(roles.includes('infer') && { queues, processes, engine, models }) }, 'worker ready');
  if (process.connected) process.send?.({ type: 'ready', models });
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

const settings = readSettings();
if (!settings.roles.includes('notify')) letOthersGoFirst();
// Synchronous: once the reader of stdout is gone, a buffered line could never be flushed, and would be tried for ever.
const destination = pino.destination({ dest: 1, sync: true });
const log = pino({ level: settings.logLevel, base: { app: 'worker', pid: process.pid } }, destination);
await main(settings, log, new Shutdown(log, settings.followParent)).catch((error: unknown) => {
  console.error(`earshot worker: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
});
