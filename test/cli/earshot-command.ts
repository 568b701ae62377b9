import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';

/** The `earshot` command of this checkout as a process, and all that it starts. */
export class EarshotCommand {
  /** What it has printed so far. */
  output = '';
  readonly process: ChildProcess;
  /** Handed down in the environment to every process it starts. */
  private readonly mark = randomUUID();

  constructor(args: readonly string[], env: Record<string, string>) {
    const { PATH, HOME } = process.env;
    this.process = spawn(process.execPath, ['bin/earshot.mjs', ...args], {
      env: { PATH, HOME, TEST_MARK: this.mark, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.process.stdout, this.process.stderr])
      stream?.on('data', (text: Buffer) => (this.output += text.toString()));
  }

  /** Waits until it has ended; its exit code, or null after a signal. */
  async exitCode(): Promise<number | null> {
    if (this.process.exitCode === null && this.process.signalCode === null) await once(this.process, 'close');
    return this.process.exitCode;
  }

  /** Those of its processes that run, itself included. The environment has a setting a line. */
  running(): { pid: number; command: string; environment: string }[] {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((name) => ({ name, environment: readProc(name, 'environ').replaceAll('\0', '\n') }))
      .filter(({ environment }) => environment.includes(this.mark))
      .map(({ name, environment }) => {
        const command = readProc(name, 'cmdline').replaceAll('\0', ' ');
        return { pid: Number(name), command, environment };
      });
  }
}

/** A file of a process under /proc; empty once the process has ended. */
function readProc(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
