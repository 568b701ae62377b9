import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { EarshotError } from '#jobs';
import { answerHeaders } from '../access/security-headers.js';
import { problemHeaders, toProblem } from '../problems/problem.js';

/** Answers bytes that are no HTTP request, for which there is neither request nor reply, and closes. */
export function answerMalformedRequest(cause: Error & { code?: string }, socket: Socket): void {
  if (!socket.writable || cause.code === 'ECONNRESET') return void socket.destroy();
  const error = new EarshotError('invalid_request', 'The bytes sent are no HTTP request.', { cause });
  const problem = toProblem(error, '');
  const body = JSON.stringify(problem);
  const headers = {
    ...answerHeaders(randomUUID()),
    ...problemHeaders(problem),
    'content-length': Buffer.byteLength(body),
    connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${problem.status} Bad Request\r\n${lines.join('')}\r\n${body}`);
}
