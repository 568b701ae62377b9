import { describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { until } from '../test/until.js';
import { BodySender } from './body-sender.js';

async function withSender(answer: RequestListener, run: (sender: BodySender) => Promise<void>): Promise<void> {
  const server = createServer(answer);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const form = new FormData();
  form.append('model', 'fan-fault');
  form.append('file', new Blob([new Uint8Array([1, 2, 3])]), 'recording.wav');
  const sender = await BodySender.ofForm(new URL(`http://127.0.0.1:${port}/jobs`), form, { prefer: 'wait=60' });
  try {
    await run(sender);
  } finally {
    sender.close();
    await once(server.close(), 'close');
  }
}

describe('a form', () => {
  it('arrives whole every time it is sent, with its headers', async () => {
    const seen: unknown[] = [];
    const answer: RequestListener = (request, response) =>
      void buffer(request).then(async (body) => {
        const headers = { 'content-type': request.headers['content-type'] ?? '' };
        const form = await new Response(new Uint8Array(body), { headers }).formData();
        const file = form.get('file') as File;
        seen.push([form.get('model'), file.name, await file.bytes(), request.headers['prefer']]);
        response.writeHead(202).end('taken');
      });
    await withSender(answer, async (sender) => {
      for (let i = 0; i < 2; i++) expect(await sender.send()).toEqual({ status: 202, body: 'taken' });
    });
    const whole = ['fan-fault', 'recording.wav', new Uint8Array([1, 2, 3]), 'wait=60'];
    expect(seen).toEqual([whole, whole]);
  });

  it('that is still unanswered when the sender is closed fails', async () => {
    let arrived = false;
    await withSender(
      () => (arrived = true),
      async (sender) => {
        const sent = expect(sender.send()).rejects.toThrow('socket hang up');
        await until('the form has arrived', () => arrived);
        sender.close();
        await sent;
      },
    );
  });

  it('that nobody takes fails', async () => {
    await withSender(
      (request) => request.socket.destroy(),
      async (sender) => {
        await expect(sender.send()).rejects.toThrow('socket hang up');
      },
    );
  });
});
