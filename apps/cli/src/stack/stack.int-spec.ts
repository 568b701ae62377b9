import { describe, expect, it } from '@jest/globals';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withFolder } from '../../../../test/with-folder.js';
import type { Interruption } from '../terminal/interruption.js';
import type { Service } from './service.js';
import { Stack } from './stack.js';
import { InterruptedError, withStack } from './with-stack.js';

const never = new AbortController().signal;
const undisturbed: Interruption = { requested: never, forced: never };
const forever = new Promise<never>(() => undefined);

/** Tells that it started; on SIGTERM says so and ends. */
const wellBehaved = `
  process.on('SIGTERM', () => { console.log('SIGTERM'); process.disconnect(); });
  process.on('message', () => undefined);
  process.send('started');`;
const stubborn = wellBehaved.replace('process.disconnect()', 'undefined');
const failing = `console.error('out of luck'); process.exit(3);`;

/** Starts services from the text of their programs, and gathers what they print as `name: line`. */
async function withServices(
  use: (
    start: (stack: Stack, name: string, program: string, graceMs?: number) => Promise<Service>,
    lines: string[],
  ) => Promise<void>,
): Promise<void> {
  await withFolder(async (folder) => {
    const lines: string[] = [];
    await use(async (stack, name, program, graceMs = 5000) => {
      const script = join(folder, `${name}.js`);
      await writeFile(script, program);
      return stack.start({ name, script, env: process.env, graceMs, onLine: (line) => lines.push(`${name}: ${line}`) });
    }, lines);
  });
}

describe('a stack of services', () => {
  it('stops the last started first, each after the one that needs it has ended', async () => {
    await withServices(async (start, lines) => {
      await withStack(undisturbed, async (stack) => {
        for (const name of ['queue', 'worker', 'api']) await (await start(stack, name, wellBehaved)).started();
      });
      expect(lines).toEqual(['api: SIGTERM', 'worker: SIGTERM', 'queue: SIGTERM']);
    });
  });

  it('fails as a whole when one ends unasked, and stops the others', async () => {
    await withServices(async (start, lines) => {
      const run = withStack(undisturbed, async (stack) => {
        await (await start(stack, 'worker', wellBehaved)).started();
        await start(stack, 'api', failing);
        await forever;
      });
      await expect(run).rejects.toThrow('api ended unexpectedly (exit code 3)');
      expect(lines).toEqual(['api: out of luck', 'worker: SIGTERM']);
    });
  });

  it('shows what a service printed last if that was not shown before', async () => {
    await withFolder(async (folder) => {
      const script = join(folder, 'api.js');
      await writeFile(script, failing);
      const run = withStack(undisturbed, async (stack) => {
        await stack.start({ name: 'api', script, env: process.env, graceMs: 5000 }).started();
      });
      await expect(run).rejects.toThrow(
        'api ended unexpectedly (exit code 3); it printed last:\n          api     out of luck',
      );
    });
  });

  it('stops on request in the middle of the work', async () => {
    await withServices(async (start, lines) => {
      const requested = new AbortController();
      const run = withStack({ requested: requested.signal, forced: never }, async (stack) => {
        await (await start(stack, 'worker', wellBehaved)).started();
        requested.abort();
        await forever;
      });
      await expect(run).rejects.toThrow(InterruptedError);
      expect(lines).toEqual(['worker: SIGTERM']);
    });
  });

  it.each([
    ['does not end within its grace', 100, never],
    ['takes its time while the stop is forced', 60_000, AbortSignal.abort()],
  ])('kills a service that %s', async (_what, graceMs, forced) => {
    await withServices(async (start) => {
      const stack = new Stack();
      const service = await start(stack, 'worker', stubborn, graceMs);
      await service.started();
      await stack.stop(forced);
      expect(await service.ended).toBe('SIGKILL');
    });
  });

  it('starts nothing more once it stops', async () => {
    await withServices(async (start) => {
      const stack = new Stack();
      await stack.stop(never);
      await expect(start(stack, 'api', wellBehaved)).rejects.toThrow('api was not started');
    });
  });
});
