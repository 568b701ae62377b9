import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { EarshotError } from '#jobs';
import { answerHeaders } from '../access/security-headers.js';
import { problemHeaders, toProblem } from '../problems/problem.js';

const lingerMs = 1000;

/** Answers bytes that are no HTTP request, for which there is neither request nor reply, and closes. */
export function answerMalformedRequest(cause: Error & { code?: string }, socket: Socket): void {
  if (!socket.writable || cause.code === 'ECONNRESET') return void socket.destroy();
  const problem = toProblem(toMalformedError(cause), '');
  const body = JSON.stringify(problem);
  const headers = {
    ...answerHeaders(randomUUID()),
    ...problemHeaders(problem),
    'content-length': Buffer.byteLength(body),
    connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  // One that goes on sending would keep its half of the connection open; closing at once could lose it the answer.
  const lingering = setTimeout(() => socket.destroy(), lingerMs).unref();
  socket.once('close', () => clearTimeout(lingering)).resume();
  socket.end(`HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}\r\n${lines.join('')}\r\n${body}`);
}

/** What Node's parser, or its clock, says of the bytes. */
function toMalformedError(cause: Error & { code?: string }): EarshotError {
  if (cause.code === 'HPE_HEADER_OVERFLOW')
    return new EarshotError('headers_too_large', 'Request line and headers may have 16 KiB together.', { cause });
  if (cause.code === 'ERR_HTTP_REQUEST_TIMEOUT')
    return new EarshotError('request_timeout', 'The headers did not come in time; send the request again.', { cause });
  return new EarshotError('invalid_request', 'The bytes sent are no HTTP request.', { cause });
}
