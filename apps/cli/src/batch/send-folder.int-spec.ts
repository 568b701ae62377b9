import { appendFile, truncate, utimes, writeFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { withFolder } from '../../../../test/with-folder.js';
import { withHttp } from '../../../../test/with-http.js';
import { openClient } from '../client/open-client.js';
import { Terminal } from '../terminal/terminal.js';
import { sendFolder } from './send-folder.js';

/** A file that came, and its answer. */
interface Sent {
  path: string;
  request: IncomingMessage;
  response: ServerResponse;
}

interface Watch {
  names: string[];
  /** How a file is answered. */
  take: (sent: Sent, watch: { folder: string; stop: () => void; files: string[] }) => unknown;
  /** Of each file. Default: 1. */
  bytes?: number;
  /** Called for each opening; what is not refused opens `batch_0`, `batch_1` and so on, for each key its own. */
  open?: (times: number, response: ServerResponse) => boolean;
  /** Called for each line that is printed. */
  said?: (line: string, stop: () => void) => unknown;
}

function refuse(response: ServerResponse, status: number, code: string): true {
  response.writeHead(status, { 'content-type': 'application/problem+json' }).end(JSON.stringify({ code, title: code }));
  return true;
}

function accept(response: ServerResponse, value: unknown = {}): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

/** Watches a folder for a receiver that takes its files; returns what was sent, said and found. */
function watched({ names, take, open, said, bytes = 1 }: Watch) {
  const files: string[] = [];
  const keys: string[] = [];
  const stop = new AbortController();
  let openings = 0;
  const counts = { total: 0, queued: 0, running: 0, succeeded: 0, failed: 0, canceled: 0, expired: 0 };
  const viewOf = (id: string) => ({ id, status: 'open', finishedAt: null, counts, model: { name: 'm', version: '1' } });
  return withFolder((folder) => {
    const place = { folder, stop: () => stop.abort(), files };
    const answer = (request: IncomingMessage, response: ServerResponse) => {
      const url = new URL(request.url ?? '', 'http://here');
      const path = url.searchParams.get('path');
      if (path !== null) {
        files.push(path);
        return take({ path, request, response }, place);
      }
      request.resume();
      if (request.method === 'GET' && url.pathname.endsWith('/files')) return response.end('');
      if (request.method === 'GET') return accept(response, viewOf(url.pathname.split('/').at(-1)!));
      if (open?.(++openings, response)) return;
      const key = String(request.headers['idempotency-key']);
      if (!keys.includes(key)) keys.push(key);
      accept(response, viewOf(`batch_${keys.indexOf(key)}`));
    };
    return withHttp(answer, async ({ url }) => {
      for (const name of names) {
        await writeFile(join(folder, name), '');
        await truncate(join(folder, name), bytes);
        await utimes(join(folder, name), 0, 0);
      }
      const lines: string[] = [];
      const write = (text: string | Uint8Array) => {
        lines.push(String(text));
        said?.(String(text), place.stop);
      };
      const terminal = new Terminal({ write }, false);
      const options = { model: 'm', reuse: true, watch: true };
      const surroundings = { terminal, signal: stop.signal };
      const { batches, refused } = await sendFolder(openClient(url).batches, folder, options, surroundings);
      return { files, refused, text: lines.join(''), ids: batches.map(({ id }) => id) };
    });
  });
}

it('at Ctrl-C a watch takes what is under way, and nothing else', async () => {
  const names = Array.from({ length: 30 }, (_, i) => `${i}.wav`);
  const held: Sent[] = [];
  const { files, refused, ids } = await watched({
    names,
    take: (sent, { stop }) => {
      sent.request.resume();
      if (held.push(sent) < 8) return;
      stop();
      for (const { response } of held) accept(response);
    },
  });
  expect([files.length, refused, ids]).toEqual([8, [], ['batch_0']]);
});

it('a watch whose batch was closed waits for a server that is away, and goes on in the next', async () => {
  const { files, ids } = await watched({
    names: ['a.wav'],
    open: (times, response) => times === 3 && refuse(response, 503, 'shutting_down'),
    take: ({ request, response }, { stop, files }) => {
      request.resume();
      if (files.length === 1) return refuse(response, 409, 'batch_closed');
      stop();
      accept(response);
    },
  });
  expect([files, ids]).toEqual([
    ['a.wav', 'a.wav'],
    ['batch_0', 'batch_1'],
  ]);
});

it('a file that is written on while a watch sends it is sent again once it is settled, and is no failure', async () => {
  const { files, refused, text } = await watched({
    names: ['a.wav'],
    // More than is under way between two processes: a receiver that does not read on holds its sender up.
    bytes: 64 * 1024 * 1024,
    take: ({ request, response }, { folder, stop, files }) => {
      if (files.length === 1) return appendFile(join(folder, 'a.wav'), 'more');
      request.resume().on('end', () => {
        stop();
        accept(response);
      });
    },
  });
  expect([files, refused]).toEqual([['a.wav', 'a.wav'], []]);
  expect(text).not.toContain('failed');
});

it('a file that is refused is told while the watch goes on', async () => {
  const { refused } = await watched({
    names: ['a.wav'],
    take: ({ request, response }) => {
      request.resume();
      refuse(response, 413, 'input_too_large');
    },
    said: (line, stop) => line.includes('failed  a.wav  input_too_large') && stop(),
  });
  expect(refused).toMatchObject([{ path: 'a.wav', code: 'input_too_large' }]);
});
