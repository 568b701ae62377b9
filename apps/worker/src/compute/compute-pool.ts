import type { Logger } from 'pino';
import { ComputeChild } from './compute-child.js';
import type { ComputeSetup } from './messages.js';

/** The longest wait before a process that keeps ending at once is started again. */
const longestRestartMs = 5000;
/** A process that lived this long is started again without a wait. */
const healthyMs = 5000;
/** How long a process may take to get ready. */
const setupMs = 60_000;

export interface ComputePoolOptions {
  /** The compiled compute.process.js. */
  program: URL;
  /** How many processes. */
  size: number;
  setup: ComputeSetup;
}

/**
 * Keeps a fixed number of compute processes alive. A process is `idle` or lent out; one that ends, lent or not, is
 * replaced.
 */
export class ComputePool {
  private readonly children = new Set<ComputeChild>();
  private readonly idle: ComputeChild[] = [];
  private readonly restarts = new Set<NodeJS.Timeout>();
  private onIdle: () => void = () => undefined;
  private closed = false;
  private startedEngine = '';
  private engineFault = '';

  constructor(
    private readonly options: ComputePoolOptions,
    private readonly log: Logger,
  ) {}

  get size(): number {
    return this.options.size;
  }

  /** The engine with its version and device; known once the pool is open. */
  get engine(): string {
    return this.startedEngine;
  }

  /**
   * Starts the processes, and resolves once they are ready to compute.
   *
   * @param onIdle called whenever there may be an idle one
   * @throws Error when none can be started, or the engine cannot compute on this machine
   */
  async open(onIdle: () => void): Promise<void> {
    this.onIdle = onIdle;
    const started = await Promise.all(Array.from({ length: this.size }, () => this.start(0)));
    if (started.includes(true)) return;
    await this.close();
    throw new Error(this.engineFault || 'no compute process could be started; its last words are above');
  }

  /** An idle process, until {@link give} brings it back. */
  take(): ComputeChild | undefined {
    return this.idle.pop();
  }

  give(child: ComputeChild): void {
    if (this.closed || !this.children.has(child)) return;
    this.idle.push(child);
    this.onIdle();
  }

  /** Ends all processes: the idle ones by asking, the others by force. */
  async close(): Promise<void> {
    this.closed = true;
    for (const restart of this.restarts) clearTimeout(restart);
    const idle = new Set(this.idle.splice(0));
    await Promise.all([...this.children].map((child) => (idle.has(child) ? child.stop() : child.kill())));
  }

  /** True once the process is ready; false when it has ended before, and another is on its way. */
  private async start(failures: number): Promise<boolean> {
    const startedAt = Date.now();
    const child = new ComputeChild(this.options.program);
    this.children.add(child);
    void child.ended.then((how) => this.replace(child, how, Date.now() - startedAt < healthyMs ? failures + 1 : 0));
    const late = setTimeout(() => void child.kill(), setupMs);
    try {
      await child.ask('setup', this.options.setup);
      if (!(await this.startEngine(child))) return false;
    } catch {
      return false; // `replace` says how it ended.
    } finally {
      clearTimeout(late);
    }
    this.log.debug({ pid: child.pid }, 'compute process started');
    this.give(child);
    return true;
  }

  private async startEngine(child: ComputeChild): Promise<boolean> {
    const { engine } = this.options.setup;
    const reply = await child.ask('engine', { engine });
    if (reply.ok) this.startedEngine = reply.engine;
    else {
      this.engineFault = reply.detail;
      this.log.error({ engine, code: reply.code, detail: reply.detail }, 'the engine cannot compute');
      await child.kill();
    }
    return reply.ok;
  }

  private replace(child: ComputeChild, how: string, failures: number): void {
    this.children.delete(child);
    const place = this.idle.indexOf(child);
    if (place >= 0) this.idle.splice(place, 1);
    if (this.closed) return;
    this.log.warn({ pid: child.pid, how }, 'compute process ended; starting another');
    // The first replacement comes at once: a crash is the input's fault far more often than the process's.
    const waitMs = failures <= 1 ? 0 : Math.min(100 * 2 ** failures, longestRestartMs);
    const restart = setTimeout(() => {
      this.restarts.delete(restart);
      void this.start(failures);
    }, waitMs);
    this.restarts.add(restart);
  }
}
