import { availableParallelism } from 'node:os';
import {
  listOf,
  oneOf,
  parseEnvironment,
  processSettingSchemas,
  queueLabelSchema,
  someOf,
  storeSettingSchemas,
  toProcessSettings,
  uploadBytes,
  wholeNumber,
  type Environment,
  type ProcessSettings,
  type QuotaLimits,
} from '#jobs';
import { engineNames, type EngineName } from '#models/engine-names';
import { z } from 'zod';

const schemas = {
  ...processSettingSchemas,
  ...storeSettingSchemas,
  EARSHOT_MAX_UPLOAD_BYTES: uploadBytes,
  EARSHOT_QUOTA_JOBS: wholeNumber(1, 1e9).optional(),
  EARSHOT_QUOTA_BYTES: wholeNumber(1, 2 ** 49).optional(),
  EARSHOT_MODELS: listOf(':').optional(),
  EARSHOT_QUEUES: listOf(',').pipe(
    z.array(queueLabelSchema).min(1, { error: 'must be labels of a-z, 0-9 and hyphens, separated by commas' }),
  ),
  EARSHOT_ROLES: someOf(['infer', 'notify']),
  EARSHOT_ENGINE: oneOf(engineNames),
  EARSHOT_COMPUTE_PROCESSES: wholeNumber(1, 256).optional(),
  EARSHOT_COMPUTE_MEMORY_MIB: wholeNumber(256, 1_000_000),
  EARSHOT_MODEL_MEMORY_MIB: wholeNumber(1, 1_000_000),
  EARSHOT_LOCK_SECONDS: wholeNumber(1, 3600),
  EARSHOT_SWEEP_AGE_SECONDS: wholeNumber(1, 10_000_000),
};

/** What a worker is told; docs and defaults are in the table of settings in #jobs. */
export interface WorkerSettings extends ProcessSettings {
  /** Of an input that is fetched. */
  maxUploadBytes: number;
  /** Of each owner, for what is unpacked. */
  quotas: QuotaLimits;
  /** Folders of bundles to register. */
  modelFolders: string[];
  /** Labels of the queues to take jobs from. */
  queues: string[];
  roles: ('infer' | 'notify')[];
  engine: EngineName;
  computeProcesses: number;
  computeMemoryBytes: number;
  /** What the models in memory may take in each compute process. */
  modelMemoryBytes: number;
  lockMs: number;
  sweepAgeMs: number;
}

/** @throws SettingsError with all faults together */
export function parseWorkerSettings(env: Environment): WorkerSettings {
  const values = parseEnvironment(env, schemas);
  return {
    ...toProcessSettings(values),
    maxUploadBytes: values.EARSHOT_MAX_UPLOAD_BYTES,
    quotas: { jobs: values.EARSHOT_QUOTA_JOBS ?? null, bytes: values.EARSHOT_QUOTA_BYTES ?? null },
    modelFolders: values.EARSHOT_MODELS ?? [],
    queues: values.EARSHOT_QUEUES,
    roles: values.EARSHOT_ROLES,
    engine: values.EARSHOT_ENGINE,
    computeProcesses: values.EARSHOT_COMPUTE_PROCESSES ?? availableParallelism(),
    computeMemoryBytes: values.EARSHOT_COMPUTE_MEMORY_MIB * 2 ** 20,
    modelMemoryBytes: values.EARSHOT_MODEL_MEMORY_MIB * 2 ** 20,
    lockMs: values.EARSHOT_LOCK_SECONDS * 1000,
    sweepAgeMs: values.EARSHOT_SWEEP_AGE_SECONDS * 1000,
  };
}
