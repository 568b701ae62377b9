import { createHash, randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { EarshotError, luaScript, redisKey, repeat, type Repetition } from '#jobs';

/** For so long a key means what was first made under it. */
const keptMs = 24 * 3_600_000;
/** For so long the request that holds a key may be silent before another may take its place. */
const leaseMs = 10_000;

/**
 * The life of a key:
 *
 * ```
 * (none) -> claimed -> adding -> done -> (none, after 24 h)
 *     ^--------'          '--> (none, when nothing was made for certain)
 * ```
 * `claimed` is forgotten soon after its process fell silent: nothing was made. `adding` holds the id of what is being made
 * and what it is made of: should its process die now, the repeat makes it under the same id, or finds it made.
 */
const claimScript = luaScript(`
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local state, id, print, till = unpack(redis.call('HMGET', KEYS[1], 'state', 'id', 'print', 'till'))
if not state then
  redis.call('HSET', KEYS[1], 'state', 'claimed', 'token', ARGV[1])
  redis.call('PEXPIRE', KEYS[1], ${leaseMs})
  return {'new'}
end
if state == 'done' then return {'done', id, print} end
if state == 'claimed' or tonumber(till) > now then return {'busy'} end
redis.call('HSET', KEYS[1], 'token', ARGV[1], 'till', now + ${leaseMs})
return {'unfinished', id, print}`);

const renewScript = luaScript(`
local state, token = unpack(redis.call('HMGET', KEYS[1], 'state', 'token'))
if state == 'claimed' and token == ARGV[1] then redis.call('PEXPIRE', KEYS[1], ${leaseMs}) end`);

const restartScript = luaScript(`
if redis.call('HGET', KEYS[1], 'token') ~= ARGV[1] then return 0 end
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], 'state', 'claimed', 'token', ARGV[1])
redis.call('PEXPIRE', KEYS[1], ${leaseMs})
return 1`);

const commitScript = luaScript(`
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local state, token = unpack(redis.call('HMGET', KEYS[1], 'state', 'token'))
if state ~= 'claimed' or token ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'state', 'adding', 'id', ARGV[2], 'print', ARGV[3], 'till', now + ${leaseMs})
redis.call('PEXPIRE', KEYS[1], ${keptMs})
return 1`);

const finishScript = luaScript(`
if redis.call('HGET', KEYS[1], 'id') ~= ARGV[1] then return end
redis.call('HSET', KEYS[1], 'state', 'done')
redis.call('HDEL', KEYS[1], 'token', 'till')
redis.call('PEXPIRE', KEYS[1], ${keptMs})`);

const releaseScript = luaScript(`
if redis.call('HGET', KEYS[1], 'token') == ARGV[1] then redis.call('DEL', KEYS[1]) end`);

/** What was made under a key, and of what request. */
export interface FirstRequest {
  id: string;
  /** Of {@link fingerprintOf}. */
  print: string;
  /** Whether it was certainly made; else its process died, or Redis was away, while it was being made. */
  isDone: boolean;
}

/** A key in the hands of one request. */
export interface Claim {
  /** Null when this is the first request. */
  first: FirstRequest | null;
  /** Begins anew, when nothing came of the first request. @throws EarshotError `idempotency_key_in_use` */
  restart(): Promise<void>;
  /** Says what will be made, right before it is. @throws EarshotError `idempotency_key_in_use` when another took over */
  commit(id: string, print: string): Promise<void>;
  /** It was made. */
  finish(id: string): Promise<void>;
  /** Nothing was made, for certain: the key is free again. */
  release(): Promise<void>;
  /** To be called in any case, at the end. */
  close(): void;
}

/** Which request was first under a key, and what came of it; kept in Redis, so that all API processes agree. */
export class IdempotencyKeys {
  constructor(private readonly redis: Redis) {}

  /** @throws EarshotError `idempotency_key_in_use` while another request holds the key */
  async claim(owner: string, key: string): Promise<Claim> {
    const { redis } = this;
    const keys = [redisKey('idempotency', owner, createHash('sha256').update(key).digest('base64url'))];
    const token = randomUUID();
    const [state, id = '', print = ''] = (await claimScript(redis, keys, [token])) as string[];
    if (state === 'busy') throw inUse();
    const require = (held: unknown): void => {
      if (held !== 1) throw inUse();
    };
    let renewing: Repetition | undefined;
    const renew = (): void => {
      // A failure is seen when the claim is used.
      renewing ??= repeat(
        leaseMs / 3,
        () => renewScript(redis, keys, [token]),
        () => undefined,
      );
    };
    if (state === 'new') renew();
    return {
      first: state === 'new' ? null : { id, print, isDone: state === 'done' },
      restart: async () => {
        require(await restartScript(redis, keys, [token]));
        renew();
      },
      commit: async (made, of) => require(await commitScript(redis, keys, [token, made, of])),
      finish: async (made) => void (await finishScript(redis, keys, [made])),
      release: async () => void (await releaseScript(redis, keys, [token])),
      close: () => void renewing?.stop(),
    };
  }
}

/** @throws EarshotError `idempotency_key_reused` unless the request is the one that was first under its key */
export function requireSameRequest(first: FirstRequest, print: string): void {
  if (first.print === print) return;
  const detail = 'Another request was sent with this Idempotency-Key within the last 24 hours; use a new key for each.';
  throw new EarshotError('idempotency_key_reused', detail);
}

function inUse(): EarshotError {
  const detail = 'A request with this Idempotency-Key is being carried out; repeat it in a moment.';
  return new EarshotError('idempotency_key_in_use', detail);
}
