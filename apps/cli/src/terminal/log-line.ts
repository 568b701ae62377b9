import { z } from 'zod';
import type { Terminal } from './terminal.js';

/** What pino writes, of what is shown. */
const record = z.looseObject({
  level: z.union([z.number(), z.string()]),
  time: z.union([z.number(), z.string()]),
  msg: z.string().optional(),
});

/** Of no use to a person, or shown elsewhere. */
const unshown = ['level', 'time', 'msg', 'app', 'pid', 'hostname', 'requestId', 'stack'];

/**
 * One line for a person from what a service printed: time, service, message, other fields, and below it the stack of an
 * error; plain text stays as it is.
 */
export function toLogLine(service: string, line: string, paint: Terminal['paint']): string {
  const parsed = record.safeParse(parseJson(line));
  if (!parsed.success) return `${' '.repeat(8)}  ${service.padEnd(6)}  ${line}`;
  const { level, time, msg = '', ...others } = parsed.data;
  const fields = Object.entries(others)
    .filter(([name]) => !unshown.includes(name))
    .map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
  const said = paintLevel(level, msg, paint);
  const text = fields.length > 0 ? `${said}  ${paint('dim', fields.join(' '))}` : said;
  const stack = typeof others['stack'] === 'string' ? `\n${paint('dim', others['stack'])}` : '';
  return `${paint('dim', toClock(time))}  ${service.padEnd(6)}  ${text}${stack}`;
}

function paintLevel(level: number | string, text: string, paint: Terminal['paint']): string {
  const name = typeof level === 'string' ? level : level >= 50 ? 'error' : level >= 40 ? 'warn' : 'info';
  if (['error', 'fatal'].includes(name)) return paint('red', `error: ${text}`);
  return name === 'warn' ? paint('yellow', `warning: ${text}`) : text;
}

/** `hh:mm:ss` in local time. */
function toClock(time: number | string): string {
  return new Date(time).toTimeString().slice(0, 8);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
