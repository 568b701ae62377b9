import {
  hashKeyText,
  oneOf,
  parseEnvironment,
  processSettingSchemas,
  storeSettingSchemas,
  toProcessSettings,
  uploadBytes,
  wholeNumber,
  type Environment,
  type ProcessSettings,
  type QuotaLimits,
  type RateLimit,
} from '#jobs';
import { z } from 'zod';
import { isLoopbackAddress } from './access/loopback.js';
import { legacyRoutesSetting, type LegacyRoute } from './legacy/legacy-routes.js';
import { defaultRateLimit, rateLimitSetting } from './limits/rate-limit.js';
import type { Timeouts } from './server/create-adapter.js';

/** As long as whoever reaches the port is answered, only this machine may reach it. */
const ownHost = z
  .string()
  .refine(
    isLoopbackAddress,
    'must be localhost, 127.0.0.1 or ::1: without API keys (EARSHOT_AUTH=keys) only this machine is answered',
  );

const schemasFor = (isOpen: boolean) => ({
  ...processSettingSchemas,
  ...storeSettingSchemas,
  EARSHOT_HOST: isOpen ? z.string() : ownHost,
  EARSHOT_AUTH: oneOf(['none', 'keys']),
  EARSHOT_ADMIN_KEY: z
    .string()
    .regex(/^[A-Za-z0-9._~+/=-]{32,200}$/, 'must be 32 to 200 letters, digits or any of - . _ ~ + / =')
    .transform(hashKeyText)
    .optional(),
  EARSHOT_RATE_LIMIT: rateLimitSetting.optional(),
  EARSHOT_QUOTA_JOBS: wholeNumber(1, 1e9).optional(),
  EARSHOT_QUOTA_BYTES: wholeNumber(1, 2 ** 49).optional(),
  EARSHOT_PORT: wholeNumber(0, 65_535),
  EARSHOT_MAX_UPLOAD_BYTES: uploadBytes,
  EARSHOT_MAX_ARCHIVE_BYTES: wholeNumber(1, 2 ** 40),
  EARSHOT_BATCH_IDLE_SECONDS: wholeNumber(1, 10_000_000),
  EARSHOT_UPLOAD_IDLE_SECONDS: wholeNumber(1, 3600),
  EARSHOT_JOB_TIMEOUT_SECONDS: wholeNumber(1, 86_400),
  EARSHOT_LEGACY_ROUTES: legacyRoutesSetting(isOpen).optional(),
});

/** No client needs as long, unless it means harm or is gone. */
const defaultTimeouts: Timeouts = { headersMs: 10_000, stalledMs: 60_000 };

/** What the API is told; docs and defaults are in the table of settings in #jobs. */
export interface ApiSettings extends ProcessSettings {
  host: string;
  /** 0: any free one. */
  port: number;
  auth: 'none' | 'keys';
  /** SHA-256 of the key with every scope, hexadecimal; undefined: there is none. The key itself is not kept. */
  adminKeyHash: string | undefined;
  /** Null: any number of requests. */
  rateLimit: RateLimit | null;
  /** Of each owner. */
  quotas: QuotaLimits;
  maxUploadBytes: number;
  /** Of an archive, or of a form with files. */
  maxArchiveBytes: number;
  /** How long a batch stays open without a new file. */
  batchIdleMs: number;
  uploadIdleMs: number;
  timeouts: Timeouts;
  /** The default of a job's `timeout`, and the most it may be. */
  jobTimeoutMs: number;
  /** Those of older servers that are switched on. */
  legacyRoutes: readonly LegacyRoute[];
}

/** @throws SettingsError with all faults together */
export function parseApiSettings(env: Environment): ApiSettings {
  const isOpen = env['EARSHOT_AUTH']?.trim() === 'keys';
  const values = parseEnvironment(env, schemasFor(isOpen));
  return {
    ...toProcessSettings(values),
    host: values.EARSHOT_HOST,
    port: values.EARSHOT_PORT,
    auth: values.EARSHOT_AUTH,
    adminKeyHash: values.EARSHOT_ADMIN_KEY,
    rateLimit:
      values.EARSHOT_RATE_LIMIT ?? (isOpen && values.EARSHOT_RATE_LIMIT === undefined ? defaultRateLimit : null),
    quotas: { jobs: values.EARSHOT_QUOTA_JOBS ?? null, bytes: values.EARSHOT_QUOTA_BYTES ?? null },
    maxUploadBytes: values.EARSHOT_MAX_UPLOAD_BYTES,
    maxArchiveBytes: values.EARSHOT_MAX_ARCHIVE_BYTES,
    batchIdleMs: values.EARSHOT_BATCH_IDLE_SECONDS * 1000,
    uploadIdleMs: values.EARSHOT_UPLOAD_IDLE_SECONDS * 1000,
    timeouts: defaultTimeouts,
    jobTimeoutMs: values.EARSHOT_JOB_TIMEOUT_SECONDS * 1000,
    legacyRoutes: values.EARSHOT_LEGACY_ROUTES ?? [],
  };
}
