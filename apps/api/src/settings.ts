import {
  parseEnvironment,
  processSettingSchemas,
  storeSettingSchemas,
  toProcessSettings,
  wholeNumber,
  type Environment,
  type ProcessSettings,
} from '#jobs';
import { z } from 'zod';
import { isLoopbackAddress } from './access/loopback.js';

const schemas = {
  ...processSettingSchemas,
  ...storeSettingSchemas,
  EARSHOT_HOST: z
    .string()
    .refine(isLoopbackAddress, 'must be localhost, 127.0.0.1 or ::1: without API keys only this machine is answered'),
  EARSHOT_PORT: wholeNumber(0, 65_535),
  EARSHOT_MAX_UPLOAD_BYTES: wholeNumber(1, 2 ** 40),
  EARSHOT_UPLOAD_IDLE_SECONDS: wholeNumber(1, 3600),
  EARSHOT_JOB_TIMEOUT_SECONDS: wholeNumber(1, 86_400),
};

/** What the API is told; docs and defaults are in the table of settings in #jobs. */
export interface ApiSettings extends ProcessSettings {
  host: string;
  /** 0: any free one. */
  port: number;
  maxUploadBytes: number;
  uploadIdleMs: number;
  /** The default of a job's `timeout`, and the most it may be. */
  jobTimeoutMs: number;
}

/** @throws SettingsError with all faults together */
export function parseApiSettings(env: Environment): ApiSettings {
  const values = parseEnvironment(env, schemas);
  return {
    ...toProcessSettings(values),
    host: values.EARSHOT_HOST,
    port: values.EARSHOT_PORT,
    maxUploadBytes: values.EARSHOT_MAX_UPLOAD_BYTES,
    uploadIdleMs: values.EARSHOT_UPLOAD_IDLE_SECONDS * 1000,
    jobTimeoutMs: values.EARSHOT_JOB_TIMEOUT_SECONDS * 1000,
  };
}
