import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { until } from './until.js';

const dist = new URL('../dist/apps/', import.meta.url);

/** The compiled API or worker as a process of its own, as it runs in earnest. */
export class EarshotProcess {
  private output = '';

  private constructor(
    readonly process: ChildProcess,
    private readonly name: string,
  ) {
    for (const stream of [process.stdout, process.stderr])
      stream?.on('data', (chunk: Buffer) => void (this.output += chunk.toString()));
  }

  /**
   * Starts it and waits until it says that it is up.
   *
   * @param settings its environment, besides PATH and HOME
   * @throws Error with all it has written when it ends first
   */
  static async start(
    app: 'api' | 'worker',
    settings: Record<string, string>,
  ): Promise<{ process: EarshotProcess; said: Said }> {
    const { PATH, HOME } = process.env;
    const child = fork(fileURLToPath(new URL(`${app}/src/main.js`, dist)), {
      env: { PATH, HOME, ...settings },
      execArgv: ['--enable-source-maps'],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    const started = new EarshotProcess(child, app);
    const said = await Promise.race([
      once(child, 'message').then(([message]) => message as Said),
      once(child, 'exit').then(() => {
        throw new Error(`the ${app} ended before it was up:\n${started.output}`);
      }),
    ]);
    return { process: started, said };
  }

  get pid(): number {
    return this.process.pid ?? 0;
  }

  /** Everything it has written so far. */
  get log(): string {
    return this.output;
  }

  get hasEnded(): boolean {
    return this.process.exitCode !== null || this.process.signalCode !== null;
  }

  /** The processes it has started, itself not included. */
  get children(): number[] {
    return childrenOf(this.pid);
  }

  signal(signal: NodeJS.Signals): void {
    this.process.kill(signal);
  }

  /** Stops it and its children in their tracks, until {@link resume}: they live, and do nothing. */
  pause(): void {
    process.kill(this.pid, 'SIGSTOP');
    this.pauseChildren();
  }

  /** Stops its children alone: what they do takes until {@link resume}, however fast the machine. */
  pauseChildren(): void {
    for (const pid of this.children) process.kill(pid, 'SIGSTOP');
  }

  resume(): void {
    if (!this.hasEnded) for (const pid of [...this.children, this.pid]) process.kill(pid, 'SIGCONT');
  }

  /** Ends it, and waits until it and its children are gone; returns its exit code, or null after a signal. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    const { children } = this;
    if (!this.hasEnded) {
      const exit = once(this.process, 'exit');
      this.signal(signal);
      await exit;
    }
    await until(`no child of the ${this.name} is left`, () => children.every((pid) => !isAlive(pid)), 20_000);
    return this.process.exitCode;
  }
}

/** What a process says first: the API where it listens, the worker which models it has registered. */
export interface Said {
  url?: string;
  models?: string[];
}

/**
 * False for a process that has ended, also while nobody has asked how. A killed one may show as such while a thread of
 * its own still finishes what it asked of the disk, so all of them are looked at.
 */
export function isAlive(pid: number): boolean {
  try {
    return readdirSync(`/proc/${pid}/task`).some((thread) => isRunning(`/proc/${pid}/task/${thread}`));
  } catch {
    return false;
  }
}

function isRunning(thread: string): boolean {
  try {
    return !/^State:\s+[ZX]/m.test(readFileSync(`${thread}/status`, 'utf8'));
  } catch {
    return false;
  }
}

function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/status`, 'utf8').includes(`\nPPid:\t${parent}\n`);
      } catch {
        return false;
      }
    });
}
