import { z } from 'zod';
import type { EgressAllow } from '../egress/egress-allow.js';
import { egressAllow, oneOf, redisAddress } from './setting-schemas.js';
import { toStoreSettings, type StoreSettings } from './store-settings.js';

/** The schemas of the settings that every process of ours takes, besides those of the store. */
export const processSettingSchemas = {
  REDIS_URL: redisAddress,
  EARSHOT_LOG_LEVEL: oneOf(['debug', 'info', 'warn', 'error', 'silent']),
  EARSHOT_EGRESS_ALLOW: egressAllow.optional(),
  EARSHOT_SECRET: z.string().min(32, { error: 'must have at least 32 characters' }).optional(),
  EARSHOT_PARENT: oneOf(['ipc']).optional(),
};

type Values = { [Name in keyof typeof processSettingSchemas]: z.output<(typeof processSettingSchemas)[Name]> };

/** What every process of ours is told. */
export interface ProcessSettings {
  redisUrl: string;
  store: StoreSettings;
  logLevel: Values['EARSHOT_LOG_LEVEL'];
  /** What may be connected to besides public addresses. */
  egressAllow: EgressAllow;
  /** For {@link masterSecret}. */
  secret: string | undefined;
  /** Shut down once the IPC channel to the parent closes. */
  followParent: boolean;
}

/** The settings, the store's among them, out of what `processSettingSchemas` and `storeSettingSchemas` have parsed. */
export function toProcessSettings(values: Values & Parameters<typeof toStoreSettings>[0]): ProcessSettings {
  return {
    redisUrl: values.REDIS_URL,
    store: toStoreSettings(values),
    logLevel: values.EARSHOT_LOG_LEVEL,
    egressAllow: values.EARSHOT_EGRESS_ALLOW ?? [],
    secret: values.EARSHOT_SECRET,
    followParent: values.EARSHOT_PARENT === 'ipc',
  };
}
