import { fork } from 'node:child_process';
import { on, once } from 'node:events';
import { join } from 'node:path';

import type { EngineName } from '#models/engine-names';
import { CommandError } from '../command-error.js';
import {
  checkReplySchema,
  type CheckedInput,
  type CheckedModel,
  type CheckReply,
  type MeasuredModel,
} from './check-reply.js';

export interface CheckProcessOptions {
  /** The checkout, built. */
  readonly root: string;
  /** Ends the process. */
  readonly signal: AbortSignal;
}

export interface Measurement {
  /** The folder that {@link convertBundle} filled. */
  store: string;
  model: { name: string; version: string };
  engine: EngineName;
  inputs: readonly string[];
}

/** Unpacks an archive into an empty folder, or refuses it, as registering does. */
export async function unpackArchive(archive: string, into: string, options: CheckProcessOptions): Promise<void> {
  const { done } = await runProcess({ type: 'unpack', archive, into }, options).next();
  if (!done) throw unexpected();
}

/**
 * Imports, converts and checks a bundle as registering does.
 *
 * @param store a folder for what registering writes
 */
export async function convertBundle(
  folder: string,
  store: string,
  options: CheckProcessOptions,
): Promise<CheckedModel> {
  for await (const reply of runProcess({ type: 'register', folder, store }, options))
    if (reply.type === 'registered') return reply;
  throw unexpected();
}

/** Loads a converted model and runs it on each input: first what loading it took, then each input as it is done. */
export async function* measureModel(
  measurement: Measurement,
  options: CheckProcessOptions,
): AsyncGenerator<MeasuredModel | CheckedInput> {
  for await (const reply of runProcess({ type: 'measure', ...measurement }, options)) {
    if (reply.type === 'registered') throw unexpected();
    yield reply;
  }
}

/**
 * Starts a process of the worker's code that does one thing with a bundle, and gives what it says as it says it. Its
 * messages are those of apps/worker/src/check/messages.ts.
 *
 * @throws CommandError in the words of a registration if the bundle is refused, or if the process is lost over it
 */
async function* runProcess(
  request: object,
  { root, signal }: CheckProcessOptions,
): AsyncGenerator<Exclude<CheckReply, { type: 'done' | 'refused' }>> {
  const child = fork(join(root, 'dist/apps/worker/src/check/check.process.js'), [], {
    execArgv: ['--enable-source-maps', '--expose-gc'],
    serialization: 'advanced',
    // What it prints is for a person; standard output may be a program's.
    stdio: ['ignore', 2, 2, 'ipc'],
  });
  const gone = new AbortController();
  // After its last message, which its exit need not be.
  child.once('disconnect', () => gone.abort());
  const ended = once(child, 'exit').then(([code, by]) => (by ?? `exit code ${code}`) as string);
  const messages = on(child, 'message', { signal: AbortSignal.any([signal, gone.signal]) });
  try {
    child.send(request);
    for await (const [message] of messages as AsyncIterable<[unknown]>) {
      const reply = checkReplySchema.parse(message);
      if (reply.type === 'done') return;
      if (reply.type === 'refused') throw new CommandError(`${reply.code}: ${reply.cause ?? reply.detail}`);
      yield reply;
    }
  } catch (error) {
    if (signal.aborted || !gone.signal.aborted || error instanceof CommandError) throw error;
    const message = `the process that read the bundle was lost (${await ended}); its weights may be damaged`;
    throw new CommandError(message, { cause: error });
  } finally {
    child.kill('SIGKILL');
    await ended;
  }
}

function unexpected(): Error {
  return new Error('the check process said something else than it was asked');
}
