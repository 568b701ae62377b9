import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { makeCertificate, type TestCertificate } from './certificate.js';
import { withFolder } from './with-folder.js';

/** An HTTPS server of the test's own. */
export interface TestHttps extends Pick<TestCertificate, 'cert' | 'certFile'> {
  port: number;
  /** The requests that came, in their order, each with the name that its connection asked for (SNI). */
  requests: { request: IncomingMessage; servername: string | false | null }[];
}

/** Runs `run` with an HTTPS server on a free port of 127.0.0.1, whose certificate nobody else trusts. */
export function withHttps<T>(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
  run: (https: TestHttps) => Promise<T>,
): Promise<T> {
  return withFolder(async (folder) => {
    const { key, cert, certFile } = await makeCertificate(folder);
    const requests: TestHttps['requests'] = [];
    const server = createServer({ key, cert }, (request, response) => {
      requests.push({ request, servername: (request.socket as TLSSocket).servername });
      answer(request, response);
    });
    server.on('tlsClientError', () => undefined);
    await once(server.listen(0, '127.0.0.1'), 'listening');
    try {
      return await run({ cert, certFile, requests, port: (server.address() as AddressInfo).port });
    } finally {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  });
}
