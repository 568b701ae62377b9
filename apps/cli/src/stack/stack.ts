import { CommandError } from '../command-error.js';
import { Service, type ServiceSpec } from './service.js';

/**
 * Services that live and die together, in the order of their start: each needs those before it.
 *
 * starting ──> all started ──> stopping, the last started first ──> nothing is left
 *     └── one ends unasked ────────^
 */
export class Stack {
  /** Rejects with a CommandError once a service ends that was not asked to. */
  readonly failed: Promise<never>;
  private readonly services: Service[] = [];
  private fail: (reason: CommandError) => void = () => undefined;
  private stopping = false;

  constructor() {
    this.failed = new Promise((_resolve, reject) => (this.fail = reject));
    // Whoever uses the stack races with this promise; until then nobody listens.
    this.failed.catch(() => undefined);
  }

  /** @throws CommandError if the stack is stopping: nothing may start that would not be stopped */
  start(spec: ServiceSpec): Service {
    if (this.stopping) throw new CommandError(`${spec.name} was not started: Earshot is stopping`);
    const service = new Service(spec);
    this.services.push(service);
    void service.ended.then((how) => {
      if (!this.stopping) this.fail(service.endedUnasked(how));
    });
    return service;
  }

  /** Stops all of it. Safe to call while services still start. */
  async stop(forced: AbortSignal): Promise<void> {
    this.stopping = true;
    for (const service of this.services.toReversed()) await service.stop(forced);
  }
}
