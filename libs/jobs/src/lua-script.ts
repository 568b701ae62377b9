import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';

/** A script run atomically inside Redis. */
export type LuaScript = (redis: Redis, keys: string[], args: (string | number)[]) => Promise<unknown>;

/** Sends the script's hash, and its text only when Redis does not know it yet (the first time, and after a restart). */
export function luaScript(lua: string): LuaScript {
  const sha = createHash('sha1').update(lua).digest('hex');
  return async (redis, keys, args) => {
    try {
      return await redis.evalsha(sha, keys.length, ...keys, ...args);
    } catch (error) {
      if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error;
      return redis.eval(lua, keys.length, ...keys, ...args);
    }
  };
}
