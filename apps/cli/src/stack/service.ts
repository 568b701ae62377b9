import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { CommandError } from '../command-error.js';
import { toLogLine } from '../terminal/log-line.js';

const keptLines = 20;
const lastOutputMs = 500;
/** Long, as a worker that starts first registers its models. */
const startMs = 300_000;
/** Enough for Redis to close its file. */
const forcedGraceMs = 500;
const unpainted = (_style: string, text: string) => text;

export interface ServiceSpec {
  readonly name: string;
  /** The compiled script, an absolute path. */
  readonly script: string;
  readonly args?: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** The write end of another service's standard input: it does not end before this one has. */
  readonly lifeline?: Writable | undefined;
  /** Milliseconds between SIGTERM and SIGKILL. */
  readonly graceMs: number;
  /** Takes each line it prints; without it the last lines are shown should it end unasked. */
  readonly onLine?: ((line: string) => void) | undefined;
}

/**
 * One child process with an IPC channel, in a process group of its own: Ctrl-C in the terminal reaches only the
 * command, which decides who stops when.
 */
export class Service {
  /** Says how it ended, once it has. */
  readonly ended: Promise<string>;
  readonly name: string;
  private readonly child: ChildProcess;
  private readonly lines: string[] = [];

  constructor(private readonly spec: ServiceSpec) {
    this.name = spec.name;
    this.child = fork(spec.script, spec.args ?? [], {
      env: spec.env,
      execArgv: ['--enable-source-maps'],
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe', 'ipc', ...(spec.lifeline ? [spec.lifeline] : [])],
    });
    for (const output of [this.child.stdout, this.child.stderr] as Readable[])
      createInterface({ input: output }).on('line', (line) => this.keep(line));
    this.ended = this.waitForEnd();
  }

  /** Its standard input, which ends when this process and all to which it was handed as `lifeline` have. */
  get input(): Writable {
    return this.child.stdin as Writable;
  }

  /**
   * Waits for its first message, which says that it started.
   *
   * @throws CommandError if it ends first, or takes longer than five minutes
   */
  async started(): Promise<unknown> {
    const waiting = new AbortController();
    const { signal } = waiting;
    const tooLate = delay(startMs, undefined, { signal }).then(() => {
      throw this.error(`did not start within ${startMs / 1000} s`);
    });
    const ended = this.ended.then((how) => Promise.reject(this.endedUnasked(how)));
    const message = once(this.child, 'message', { signal }).then(([first]) => first as unknown);
    try {
      return await Promise.race([message, ended, tooLate]);
    } finally {
      waiting.abort();
    }
  }

  /** The error for an end that nobody asked for, with what it printed last if that was not shown. */
  endedUnasked(how: string): CommandError {
    return this.error(`ended unexpectedly (${how})`);
  }

  /** Asks it to end, and after its grace, which is short once `forced`, kills it with all its process group. */
  async stop(forced: AbortSignal): Promise<void> {
    this.child.kill('SIGTERM');
    const kill = () => this.signalGroup('SIGKILL');
    const timers = [setTimeout(kill, this.spec.graceMs)];
    const hurry = () => timers.push(setTimeout(kill, forcedGraceMs));
    forced.addEventListener('abort', hurry);
    if (forced.aborted) hurry();
    await this.ended;
    forced.removeEventListener('abort', hurry);
    timers.forEach(clearTimeout);
  }

  private error(what: string): CommandError {
    const unshown = this.spec.onLine ? [] : this.lines.map((line) => toLogLine(this.name, line, unpainted));
    const output = unshown.length > 0 ? ['; it printed last:', ...unshown].join('\n') : '';
    return new CommandError(`${this.name} ${what}${output}`);
  }

  private keep(line: string): void {
    this.spec.onLine?.(line);
    this.lines.push(line);
    if (this.lines.length > keptLines) this.lines.shift();
  }

  private async waitForEnd(): Promise<string> {
    const closed = once(this.child, 'close');
    const [code, signal] = (await once(this.child, 'exit')) as [number | null, NodeJS.Signals | null];
    // What it started must not outlive it: a guard that was killed leaves its Redis.
    this.signalGroup('SIGTERM');
    await Promise.race([closed, delay(lastOutputMs, undefined, { ref: false })]);
    return signal ?? `exit code ${code}`;
  }

  private signalGroup(signal: NodeJS.Signals): void {
    if (this.child.pid === undefined) return;
    try {
      process.kill(-this.child.pid, signal);
    } catch (error) {
      // ESRCH: nothing is left of the group. EPERM: macOS says so of a group that has ended but was not waited for.
      if (!['ESRCH', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    }
  }
}
