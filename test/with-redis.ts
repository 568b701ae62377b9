import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { until } from './until.js';

/** As durable as the one that Earshot starts itself. */
const durable = ['--appendonly', 'yes', '--appendfsync', 'always', '--save', '', '--maxmemory-policy', 'noeviction'];

/** A redis-server of the test's own, on a unix socket in a folder of its own. */
export class TestRedis {
  /** For REDIS_URL. */
  readonly address: string;
  private readonly socket: string;
  private server: ChildProcess | undefined;

  constructor(
    private readonly folder: string,
    private readonly settings: readonly string[],
  ) {
    this.socket = join(folder, 'redis.sock');
    this.address = `unix:${this.socket}`;
  }

  /** Starts it, again after a {@link stop}: with what it held then. Returns once it answers. */
  async start(): Promise<void> {
    const args = ['--port', '0', '--unixsocket', this.socket, '--dir', this.folder, ...this.settings];
    const server = spawn('redis-server', args, { stdio: 'ignore' });
    this.server = server;
    await once(server, 'spawn');
    await this.ask((redis) => until('redis-server answers', () => redis.ping().catch(() => null)));
  }

  /** Ends it; `SIGKILL` is a crash. */
  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    const { server } = this;
    this.server = undefined;
    if (server?.pid === undefined || server.exitCode !== null || server.signalCode !== null) return;
    const ended = once(server, 'exit');
    server.kill('SIGCONT');
    server.kill(signal);
    await ended;
  }

  /** Ends it for good; what it held is gone. */
  async discard(): Promise<void> {
    await this.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** It stays connected and answers nothing, until {@link resume}. */
  pause(): void {
    this.server?.kill('SIGSTOP');
  }

  resume(): void {
    this.server?.kill('SIGCONT');
  }

  /** Runs `run` with a connection to it. */
  async ask<T>(run: (redis: Redis) => Promise<T>): Promise<T> {
    const redis = new Redis({ path: this.socket, retryStrategy: () => 20 });
    // Refused while the server starts; ioredis tries again.
    redis.on('error', () => undefined);
    try {
      return await run(redis);
    } finally {
      redis.disconnect();
    }
  }
}

/**
 * A redis-server of the caller's own, until it is discarded.
 *
 * @param settings arguments of redis-server in place of those that make it durable
 */
export async function startRedis(settings: readonly string[] = durable): Promise<TestRedis> {
  const redis = new TestRedis(await mkdtemp(join(tmpdir(), 'earshot-test-')), settings);
  try {
    await redis.start();
    return redis;
  } catch (error) {
    await redis.discard();
    throw error;
  }
}

/** Runs `run` with a redis-server that is gone afterwards. */
export async function withRedis<T>(run: (redis: TestRedis) => Promise<T>, settings?: readonly string[]): Promise<T> {
  const redis = await startRedis(settings);
  try {
    return await run(redis);
  } finally {
    await redis.discard();
  }
}
