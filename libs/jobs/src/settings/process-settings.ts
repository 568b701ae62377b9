import { oneOf, redisAddress } from './setting-schemas.js';

/** The schemas of the settings that every process of ours takes, besides those of the store. */
export const processSettingSchemas = {
  REDIS_URL: redisAddress,
  EARSHOT_LOG_LEVEL: oneOf(['debug', 'info', 'warn', 'error', 'silent']),
  EARSHOT_PARENT: oneOf(['ipc']).optional(),
};
