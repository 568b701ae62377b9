/**
 * A process that runs redis-server over the data folder named by its argument, and outlives nobody who needs it.
 *
 * It stops Redis on SIGTERM, and when its standard input ends. The write end of that pipe is held by the process that
 * started it and handed down to the API and the workers: however they die, Redis goes after the last of them.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { lockFolder } from './folder-lock.js';
import type { GuardMessage } from './embedded-redis.js';
import { pingRedis } from './ping.js';
import { redisArguments } from './redis-arguments.js';
import { placeSocket } from './socket-path.js';

const pollMs = 10;

async function guard(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await chmod(folder, 0o700);
  const { path: socketPath, madeFolder } = await placeSocket(folder, tmpdir());
  try {
    const unlock = await lockFolder(folder, { pid: process.pid, command: 'redis-guard', socketPath });
    try {
      await runRedis(folder, socketPath);
    } finally {
      await unlock();
    }
  } finally {
    if (madeFolder) await rm(madeFolder, { recursive: true, force: true });
  }
}

async function runRedis(folder: string, socketPath: string): Promise<void> {
  const redis = spawn('redis-server', redisArguments(folder, socketPath), { stdio: ['ignore', 'inherit', 'inherit'] });
  const ended = once(redis, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  const stop = () => redis.kill('SIGTERM');
  process.once('SIGTERM', stop);
  process.stdin.once('end', stop).once('error', stop).resume();
  await Promise.race([ended, tellWhenServing(redis, socketPath)]);
  const [code, signal] = await ended;
  if (code !== 0) throw new Error(`redis-server ended with ${signal ?? `exit code ${code}`}`);
}

async function tellWhenServing(redis: ChildProcess, socketPath: string): Promise<void> {
  while ((await pingRedis(socketPath)) !== 'serving') {
    if (redis.exitCode !== null || redis.signalCode !== null) return;
    await delay(pollMs);
  }
  tell({ type: 'serving', socketPath });
}

function tell(message: GuardMessage): void {
  // The starter may be gone by now; then standard input has ended as well, which is what stops Redis.
  if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
}

try {
  await guard(process.argv[2] ?? '.');
} catch (error) {
  const missing = (error as NodeJS.ErrnoException).syscall === 'spawn redis-server';
  const reason = missing ? 'there is no redis-server in the PATH: npm run setup installs it' : (error as Error).message;
  tell({ type: 'refused', reason });
  process.exitCode = 1;
}
process.disconnect?.();
process.stdin.destroy();
