import { pino, type DestinationStream, type Logger } from 'pino';
import { toErrorFields } from './error-fields.js';

/** One JSON object a line, on standard output unless told otherwise. */
export function createLog(level: string, destination?: DestinationStream): Logger {
  const options = { level, base: { app: 'api', pid: process.pid }, serializers: { err: toErrorFields } };
  return destination === undefined ? pino(options) : pino(options, destination);
}
