import { fork, type ChildProcess } from 'node:child_process';
import type { ComputeReply, ComputeRequest, ComputeRequests, ComputeRequestType } from './messages.js';

/** A compute process ended, or was ended, while it was asked for something. */
export class ComputeChildLostError extends Error {
  override readonly name = 'ComputeChildLostError';
}

/** How long an idle process may take to end when asked. */
const stopMs = 2000;

interface Pending {
  resolve: (reply: ComputeReply) => void;
  reject: (error: Error) => void;
}

/** The coordinator's end of one compute process. */
export class ComputeChild {
  /** Resolves, with words for the log, once the process has ended. */
  readonly ended: Promise<string>;
  private readonly process: ChildProcess;
  private pending: Pending | null = null;
  private gone = false;

  /** @param program the compiled compute.process.js */
  constructor(program: URL) {
    // `detached`: a Ctrl-C at the terminal reaches the coordinator alone, which lets running groups finish first.
    this.process = fork(program, {
      serialization: 'advanced',
      detached: true,
      // For what is collected when a model is unloaded.
      execArgv: [...process.execArgv, '--expose-gc'],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.process.on('message', (reply) => this.settle(reply as ComputeReply));
    this.ended = new Promise((resolve) => {
      this.process.on('error', (error) => resolve(error.message));
      this.process.once('exit', (code, signal) => resolve(signal === null ? `exit code ${code}` : `signal ${signal}`));
    });
    void this.ended.then((how) => {
      this.gone = true;
      this.takePending()?.reject(new ComputeChildLostError(`the compute process ended (${how})`));
    });
  }

  get pid(): number | undefined {
    return this.process.pid;
  }

  /**
   * Sends a request and waits for its reply. One at a time.
   *
   * @throws ComputeChildLostError when the process ends first
   */
  async ask<T extends ComputeRequestType>(
    type: T,
    request: ComputeRequests[T]['request'],
  ): Promise<ComputeRequests[T]['reply']> {
    if (this.gone) throw new ComputeChildLostError('the compute process has ended');
    if (this.pending) throw new Error('a compute process takes one request at a time');
    const message = { type, ...request } as ComputeRequest;
    return new Promise<ComputeReply>((resolve, reject) => {
      this.pending = { resolve, reject };
      // Only its end settles a request that did not reach it, so that a lost process is never taken for a live one.
      this.process.send(message, (error) => void (error && this.process.kill('SIGKILL')));
    });
  }

  /** Ends the process at once, whatever it does. */
  async kill(): Promise<void> {
    this.process.kill('SIGKILL');
    await this.ended;
  }

  /** Lets an idle process end by itself, and ends it if it does not. */
  async stop(): Promise<void> {
    if (this.process.connected) this.process.disconnect();
    const late = setTimeout(() => void this.kill(), stopMs);
    await this.ended;
    clearTimeout(late);
  }

  private settle(reply: ComputeReply): void {
    this.takePending()?.resolve(reply);
  }

  private takePending(): Pending | null {
    const pending = this.pending;
    this.pending = null;
    return pending;
  }
}
