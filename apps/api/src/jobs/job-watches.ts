import { EventEmitter } from 'node:events';

/** Somebody's eye on one job, until it is closed. */
export interface JobWatch {
  /**
   * Resolves when something was said of the job since the last call, also while nobody waited; after `ms` at the latest,
   * and at once when `signal` is aborted.
   */
  next(ms: number, signal: AbortSignal): Promise<void>;
  close(): void;
}

/** Who watches which jobs. Costs nothing for jobs that nobody watches. */
export class JobWatches {
  private readonly told = new EventEmitter().setMaxListeners(0);

  /** Something has happened to the job. */
  tell(jobId: string): void {
    this.told.emit(jobId);
  }

  watch(jobId: string): JobWatch {
    let changed = false;
    let goOn: () => void = () => undefined;
    const onTold = (): void => {
      changed = true;
      goOn();
    };
    this.told.on(jobId, onTold);
    return {
      next: async (ms, signal) => {
        if (!changed && !signal.aborted)
          await new Promise<void>((resolve) => {
            const timer = setTimeout(resolve, ms);
            goOn = () => {
              clearTimeout(timer);
              signal.removeEventListener('abort', goOn);
              resolve();
            };
            signal.addEventListener('abort', goOn, { once: true });
          }).finally(() => goOn());
        changed = false;
      },
      close: () => void this.told.off(jobId, onTold),
    };
  }
}
