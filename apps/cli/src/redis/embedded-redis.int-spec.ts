import { describe, expect, it } from '@jest/globals';
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { until } from '../../../../test/until.js';
import { withFolder } from '../../../../test/with-folder.js';
import { Stack } from '../stack/stack.js';
import { startEmbeddedRedis, type EmbeddedRedis } from './embedded-redis.js';
import { pingRedis } from './ping.js';

const dist = resolve('dist/apps/cli/src');
const guardScript = join(dist, 'redis/redis-guard.process.js');
const never = new AbortController().signal;

function start(stack: Stack, folder: string, env = process.env): Promise<EmbeddedRedis> {
  return startEmbeddedRedis(stack, folder, guardScript, env);
}

async function withRedis<T>(folder: string, use: (socketPath: string) => Promise<T>): Promise<T> {
  const stack = new Stack();
  try {
    return await use(socketOf((await start(stack, folder)).url));
  } finally {
    await stack.stop(never);
  }
}

function socketOf(url: string): string {
  return url.replace('unix:', '');
}

async function redisCli(socketPath: string, ...command: string[]): Promise<string> {
  return (await promisify(execFile)('redis-cli', ['-s', socketPath, ...command])).stdout.trim();
}

/** A process of its own that starts Redis over `folder` and then does nothing more. */
async function startFromAnotherProcess(folder: string): Promise<{ parent: ChildProcess; socketPath: string }> {
  const program = `
    const { Stack } = await import('${join(dist, 'stack/stack.js')}');
    const { startEmbeddedRedis } = await import('${join(dist, 'redis/embedded-redis.js')}');
    const { url } = await startEmbeddedRedis(new Stack(), '${folder}', '${guardScript}', process.env);
    console.log(url);`;
  const parent = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [url] = (await once(parent.stdout, 'data')) as [Buffer];
  return { parent, socketPath: socketOf(url.toString().trim()) };
}

/** What a killed guard leaves behind, whose process id this process has got since. */
async function leaveLock(folder: string): Promise<void> {
  const lock = { pid: process.pid, command: 'redis-guard', socketPath: join(folder, 'redis.sock') };
  await writeFile(join(folder, 'lock'), JSON.stringify(lock));
}

describe('the embedded Redis', () => {
  it('answers through a socket in a folder that only this user may enter, and on no port', async () => {
    await withFolder(async (folder) => {
      await withRedis(join(folder, 'redis'), async (socketPath) => {
        expect((await stat(join(folder, 'redis'))).mode & 0o777).toBe(0o700);
        expect((await stat(socketPath)).mode & 0o777).toBe(0o700);
        expect(await redisCli(socketPath, 'CONFIG', 'GET', 'port')).toBe('port\n0');
      });
    });
  });

  it.each([
    ['appendonly', 'yes'],
    ['appendfsync', 'always'],
    ['maxmemory-policy', 'noeviction'],
  ])('runs with %s %s, as it holds the only copy of what was accepted', async (name, value) => {
    await withFolder((folder) =>
      withRedis(folder, async (socketPath) => {
        expect(await redisCli(socketPath, 'CONFIG', 'GET', name)).toBe(`${name}\n${value}`);
      }),
    );
  });

  it('has after a restart what it had before', async () => {
    await withFolder(async (folder) => {
      await withRedis(folder, (socketPath) => redisCli(socketPath, 'SET', 'kept', 'yes'));
      expect(await withRedis(folder, (socketPath) => redisCli(socketPath, 'GET', 'kept'))).toBe('yes');
    });
  });

  it('refuses a folder over which another one runs, and leaves that one alone', async () => {
    await withFolder((folder) =>
      withRedis(folder, async (socketPath) => {
        await expect(withRedis(folder, () => Promise.resolve())).rejects.toThrow(
          `${folder} is in use by another Earshot`,
        );
        expect(await pingRedis(socketPath)).toBe('serving');
      }),
    );
  });

  it.each([
    ['a new folder', false],
    ['a folder that a killed one left locked', true],
  ])('lets one of several that start at once have %s', async (_what, locked) => {
    await withFolder(async (folder) => {
      if (locked) await leaveLock(folder);
      const stacks = Array.from({ length: 4 }, () => new Stack());
      const starts = await Promise.allSettled(stacks.map((stack) => start(stack, folder)));
      await Promise.all(stacks.map((stack) => stack.stop(never)));
      expect(starts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    });
  });

  it('takes over a folder whose last user was killed, even if its process id is used again', async () => {
    await withFolder(async (folder) => {
      await leaveLock(folder);
      expect(await withRedis(folder, pingRedis)).toBe('serving');
    });
  });

  it('ends when the process that started it is killed', async () => {
    await withFolder(async (folder) => {
      const { parent, socketPath } = await startFromAnotherProcess(folder);
      parent.kill('SIGKILL');
      await once(parent, 'exit');
      await until('Redis is gone', async () => (await pingRedis(socketPath)) === 'absent');
      expect(await withRedis(folder, pingRedis)).toBe('serving');
    });
  });

  it('works in a folder whose path is too long for a socket', async () => {
    await withFolder(async (folder) => {
      expect(await withRedis(join(folder, 'deep/'.repeat(20)), pingRedis)).toBe('serving');
    });
  });

  it('says what to type where redis-server is not installed', async () => {
    await withFolder(async (folder) => {
      const stack = new Stack();
      await expect(start(stack, folder, { PATH: folder })).rejects.toThrow('npm run setup installs it');
      await stack.stop(never);
    });
  });
});
