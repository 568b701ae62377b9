import { Redis, type RedisOptions } from 'ioredis';
import { setDeadline } from './set-deadline.js';

/** Where Redis is, and who asks. */
type RedisAddress = Pick<RedisOptions, 'path' | 'host' | 'port' | 'username' | 'password' | 'db' | 'tls'>;

/**
 * Connection options from an address: `redis://[user:password@]host:port[/db]`, `rediss://...` (TLS), or
 * `unix:/absolute/path.sock`.
 *
 * @throws Error when the address has another form; the message never repeats it, as it may hold a password
 */
export function parseRedisUrl(address: string): RedisAddress {
  const path = /^unix:(?:\/\/)?(\/.+)$/.exec(address)?.[1];
  if (path !== undefined) return { path };
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null || !['redis:', 'rediss:'].includes(url.protocol) || url.hostname === '')
    throw new Error('must be redis://host:port, rediss://host:port or unix:/path/to/redis.sock');
  return {
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: Number(url.port || 6379),
    ...(url.username && { username: decodeURIComponent(url.username) }),
    ...(url.password && { password: decodeURIComponent(url.password) }),
    ...(url.pathname.length > 1 && { db: Number(url.pathname.slice(1)) }),
    ...(url.protocol === 'rediss:' && { tls: {} }),
  };
}

/** Comes back within 2 s of Redis's return; ioredis's own default waits ever longer, up to 23 s were seen. */
const retryStrategy = (attempt: number): number => Math.min(attempt * 100, 2000);

/** For a worker: commands wait out an outage, because there is nobody to tell. */
export function patientRedisOptions(address: string): RedisOptions {
  return { ...parseRedisUrl(address), maxRetriesPerRequest: null, retryStrategy };
}

/** An HTTP server waits so many milliseconds for Redis. */
const promptMs = 1500;

/** Its commands, not those of its duplicates, fail when they have waited for long. */
class PromptRedis extends Redis {
  /** ioredis's own `commandTimeout` takes Redis for gone when a crowd keeps this process from reading its answers. */
  override sendCommand(...[command, stream]: Parameters<Redis['sendCommand']>): unknown {
    const callOff = setDeadline(promptMs, () => command.reject(new Error('Command timed out')));
    command.promise.then(callOff, callOff);
    return super.sendCommand(command, stream);
  }
}

/**
 * A connection that reports its errors to `onError` instead of ending the process.
 * The caller ends it with `disconnect()`.
 */
export function connectRedis(options: RedisOptions, onError: (error: Error) => void): Redis {
  return new Redis(options).on('error', onError);
}

/** For an HTTP server: a command fails at once while Redis is away, and after 1.5 s when it does not answer. */
export function connectPromptRedis(address: string, onError: (error: Error) => void): Redis {
  const prompt = { maxRetriesPerRequest: 1, enableOfflineQueue: false, connectTimeout: promptMs };
  return new PromptRedis({ ...parseRedisUrl(address), ...prompt, retryStrategy }).on('error', onError);
}
