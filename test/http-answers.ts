import type { IncomingMessage, ServerResponse } from 'node:http';

/** How one request is answered. */
export type HttpAnswer = (response: ServerResponse, request: IncomingMessage) => void;

/** Answers with these, one after the other, and then with the last. */
export function answers(...steps: HttpAnswer[]): (request: IncomingMessage, response: ServerResponse) => void {
  let next = 0;
  return (request, response) => {
    request.resume();
    steps[Math.min(next++, steps.length - 1)]?.(response, request);
  };
}

export function problem(status: number, code: string, headers: Record<string, string> = {}): HttpAnswer {
  const body = { type: `urn:earshot:error:${code}`, title: 'No', status, detail: 'Not now.', code };
  return (response) =>
    response.writeHead(status, { 'content-type': 'application/problem+json', ...headers }).end(JSON.stringify(body));
}

export function json(body: unknown): HttpAnswer {
  return (response) => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

export function text(status: number, contentType: string, body: string): HttpAnswer {
  return (response) => response.writeHead(status, { 'content-type': contentType }).end(body);
}

export const breakOff: HttpAnswer = (response) => response.socket?.destroy();
