import type { Redis } from 'ioredis';
import { luaScript } from './lua-script.js';
import { redisKey } from './queues.js';

/** Longer than it takes to announce a page of jobs; whoever dies meanwhile holds the others up for as long. */
const claimMs = 2000;

const script = luaScript(`
local claimed = {}
for i = 2, #ARGV do
  if redis.call('SET', KEYS[1] .. ARGV[i], '', 'NX', 'PX', ARGV[1]) then table.insert(claimed, ARGV[i]) end
end
return claimed`);

/**
 * Those of the ids that nobody else has claimed within the last two seconds. A courtesy among workers that are woken by
 * the same event, which spares them to do the same work: what is done under a claim must still bear to be done twice.
 */
export async function claim(redis: Redis, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  return (await script(redis, [redisKey('claims', '')], [claimMs, ...ids])) as string[];
}
