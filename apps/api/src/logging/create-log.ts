import { pino, type DestinationStream, type Logger } from 'pino';
import { toErrorFields } from './error-fields.js';

/**
 * One JSON object a line, on standard output unless told otherwise. Written at once: lines that pino holds back until
 * the process exits keep it from exiting for ever if nobody reads them any more.
 */
export function createLog(
  level: string,
  destination: DestinationStream = pino.destination({ dest: 1, sync: true }),
): Logger {
  return pino({ level, base: { app: 'api', pid: process.pid }, serializers: { err: toErrorFields } }, destination);
}
