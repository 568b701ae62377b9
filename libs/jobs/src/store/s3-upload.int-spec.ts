import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { StoreUnavailableError } from './object-store.js';
import { S3Connection } from './s3-connection.js';
import { uploadStream } from './s3-upload.js';

const mebibyte = 2 ** 20;
const started = '<InitiateMultipartUploadResult><UploadId>1</UploadId></InitiateMultipartUploadResult>';

/** Begins uploads and throws them away; every part is refused. */
function refuseParts(request: IncomingMessage, response: ServerResponse): void {
  request.resume();
  if (request.method === 'POST') response.end(started);
  else response.writeHead(request.method === 'DELETE' ? 204 : 500).end();
}

async function withRefusingServer(run: (s3: S3Connection, requests: string[]) => Promise<void>): Promise<void> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url?.split('?')[0]}`);
    refuseParts(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'key', AWS_SECRET_ACCESS_KEY: 'secret' });
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const s3 = new S3Connection('bucket', { endpoint, region: 'here', pathStyle: true, checksums: 'WHEN_REQUIRED' });
  try {
    await run(s3, requests);
  } finally {
    s3.client.destroy();
    server.closeAllConnections();
    await once(server.close(), 'close');
  }
}

describe('an upload in parts', () => {
  it('ends with its first part that fails, although the sender has not finished, and throws the parts away', () =>
    withRefusingServer(async (s3, requests) => {
      const body = new PassThrough({ highWaterMark: 20 * mebibyte });
      body.write(Buffer.alloc(9 * mebibyte));
      const upload = uploadStream(s3, { Bucket: 'bucket', Key: 'a' }, body);
      await expect(upload).rejects.toBeInstanceOf(StoreUnavailableError);
      expect(body.destroyed).toBe(true);
      expect(requests.at(-1)).toBe('DELETE /bucket/a');
    }));
});
