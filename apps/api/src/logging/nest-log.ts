import type { LoggerService } from '@nestjs/common';
import type { Logger } from 'pino';

/** Nest's own words as lines of our log; its chatter at start-up only at level debug. */
export class NestLog implements LoggerService {
  constructor(private readonly sink: Logger) {}

  log(message: unknown, ...details: unknown[]): void {
    this.sink.debug({ context: contextOf(details) }, String(message));
  }

  warn(message: unknown, ...details: unknown[]): void {
    this.sink.warn({ context: contextOf(details) }, String(message));
  }

  error(message: unknown, ...details: unknown[]): void {
    this.sink.error({ context: contextOf(details) }, String(message));
  }
}

/** Nest passes the name of the speaking class last. */
function contextOf(details: readonly unknown[]): string {
  const last = details.at(-1);
  return typeof last === 'string' ? last : 'Nest';
}
