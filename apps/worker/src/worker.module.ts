import { hostname } from 'node:os';
import { BullModule, BullRegistrar } from '@nestjs/bullmq';
import { Module, type DynamicModule, type FactoryProvider, type Provider } from '@nestjs/common';
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import {
  beginJobs,
  expireJob,
  inferenceQueueName,
  keyPrefix,
  modelsQueueName,
  WebhookSecrets,
  type ObjectStore,
} from '#jobs';
import { UnpackingLifecycle } from './batches/unpacking.lifecycle.js';
import { ComputePool } from './compute/compute-pool.js';
import type { ComputeSetup } from './compute/messages.js';
import { Dispatcher } from './inference/dispatcher.js';
import { InferenceLifecycle } from './inference/inference.lifecycle.js';
import { inferenceProcessorOf, ProcessorTools, type InferenceProcessor } from './inference/inference.processor.js';
import type { Task } from './inference/task.js';
import { WaitingTasks } from './inference/waiting-tasks.js';
import { WorkSpeed } from './inference/work-speed.js';
import { obtainInput } from './inputs/obtain-input.js';
import { Obtaining, type Obtain } from './inputs/obtaining.js';
import { ModelsProcessorTools, modelsProcessorOf, type ModelsProcessor } from './registration/models.processor.js';
import type { WorkerSettings } from './settings.js';
import { UpkeepLifecycle } from './upkeep.lifecycle.js';
import { DeliveriesLifecycle } from './webhooks/deliveries.lifecycle.js';
import { EndpointPlaces } from './webhooks/endpoint-places.js';

/** What main.ts has opened, and closes again. */
export interface WorkerTools {
  settings: WorkerSettings;
  redis: Redis;
  store: ObjectStore;
  log: Logger;
  /** The compiled compute.process.js. */
  program: URL;
  setup: ComputeSetup;
}

/** So many lost workers condemn no innocent job: restarts stall jobs without any fault of theirs. */
const maxStalledCount = 10;

/** The worker's parts, by the roles it was given. */
@Module({})
export class WorkerModule {
  static of(tools: WorkerTools): DynamicModule {
    const { roles } = tools.settings;
    return {
      module: WorkerModule,
      imports: [...(roles.includes('infer') ? [InferenceModule.of(tools)] : [])],
      providers: roles.includes('notify') ? [upkeep(tools), deliveries(tools), unpacking(tools)] : [],
    };
  }
}

function upkeep({ settings, redis, store, log }: WorkerTools): Provider {
  const { sweepAgeMs } = settings;
  return { provide: UpkeepLifecycle, useValue: new UpkeepLifecycle({ redis, store, sweepAgeMs, log }) };
}

function deliveries({ settings, redis, log }: WorkerTools): Provider {
  const { lockMs, egressAllow: allow, secret } = settings;
  const secrets = new WebhookSecrets(redis, secret);
  const parts = { redis, secrets, places: new EndpointPlaces(), allow, lockMs, log };
  return { provide: DeliveriesLifecycle, useValue: new DeliveriesLifecycle(parts) };
}

function unpacking({ settings, redis, store, log }: WorkerTools): Provider {
  const { lockMs, maxUploadBytes, quotas } = settings;
  const parts = { redis, store, lockMs, maxUploadBytes, quotas, log };
  return { provide: UnpackingLifecycle, useValue: new UnpackingLifecycle(parts) };
}

/** Taking jobs: one processor for each queue label, all feeding one dispatcher. */
@Module({})
class InferenceModule {
  static of({ settings, redis, store, log, program, setup }: WorkerTools): DynamicModule {
    const pool = new ComputePool({ program, size: settings.computeProcesses, setup }, log);
    const speed = new WorkSpeed(pool.size, settings.queues.length);
    const waiting = new WaitingTasks(pool.size, speed);
    const begin = (label: string, tasks: readonly Task[]): Promise<number[]> => beginInTime(redis, label, tasks);
    const { egressAllow: allow, maxUploadBytes: maxBytes } = settings;
    const obtain: Obtain = (job, signal) => obtainInput({ redis, store, rules: { allow }, maxBytes }, job, signal);
    const obtaining = new Obtaining(obtain);
    const dispatcher = new Dispatcher({ pool, waiting, speed, begin, log });
    const lasting = {
      lockDuration: settings.lockMs,
      stalledInterval: settings.lockMs / 2,
      maxStalledCount,
      runRetryDelay: 1000,
    };
    const processors = settings.queues.map((label) =>
      inferenceProcessorOf(label, { concurrency: speed.fetchLimit, ...lasting }),
    );
    const models = modelsProcessorOf({ concurrency: 1, ...lasting });
    const worker = { id: `${hostname()}:${process.pid}`, queues: settings.queues, processes: pool.size };
    const lifecycle: FactoryProvider<InferenceLifecycle> = {
      provide: InferenceLifecycle,
      inject: [BullRegistrar, models, ...processors],
      useFactory: (registrar: BullRegistrar, models: ModelsProcessor, ...made: InferenceProcessor[]) =>
        new InferenceLifecycle({
          processors: made,
          models,
          registrar,
          obtaining,
          dispatcher,
          pool,
          speed,
          worker,
          redis,
          log,
        }),
    };
    return {
      module: InferenceModule,
      imports: [
        BullModule.forRoot({ connection: redis, prefix: keyPrefix, extraOptions: { manualRegistration: true } }),
        BullModule.registerQueue(...settings.queues.map((label) => ({ name: inferenceQueueName(label) })), {
          name: modelsQueueName,
        }),
      ],
      providers: [
        { provide: ProcessorTools, useValue: new ProcessorTools(dispatcher, obtaining, redis, log) },
        { provide: ModelsProcessorTools, useValue: new ModelsProcessorTools(store, { program, setup }, log) },
        models,
        ...processors,
        lifecycle,
      ],
    };
  }
}

/** Begins the tasks but those whose time has run out: these are ended, and so no longer this worker's to begin. */
async function beginInTime(redis: Redis, label: string, tasks: readonly Task[]): Promise<number[]> {
  const now = Date.now();
  for (const { jobId, payload } of tasks)
    if (payload.expiresAt !== null && payload.expiresAt <= now) await expireJob(redis, { label, jobId }, now);
  return beginJobs(redis, label, tasks, now);
}
