import { text } from 'node:stream/consumers';
import { describe, expect, it } from '@jest/globals';
import { hasOpenssl } from '../../../../test/certificate.js';
import { withHttps, type TestHttps } from '../../../../test/with-https.js';
import { parseEgressAllow } from './egress-allow.js';
import { requestAllowed, type AllowedRequest } from './request-allowed.js';

const settings: AllowedRequest = { allow: parseEgressAllow('127.0.0.1'), totalMs: 10_000, maxBytes: 1000 };

const withServer = (run: (https: TestHttps) => Promise<void>): Promise<void> =>
  withHttps((request, response) => void text(request).then((body) => response.end(`took ${body}`)), run);

(hasOpenssl ? describe : describe.skip)('requestAllowed, with TLS', () => {
  it('connects to the address that was checked, and asks it for the name', () =>
    withServer(async ({ cert, port, requests }) => {
      const said = ['127.0.0.1', '169.254.169.254'];
      let asked = 0;
      const resolve = () => Promise.resolve([said[asked++] ?? '']);
      const sent = { method: 'POST', body: 'a secret', ca: cert, resolve };
      const { status, body } = await requestAllowed(`https://receiver.example:${port}/`, { ...settings, ...sent });
      expect([status, await text(body), asked]).toEqual([200, 'took a secret', 1]);
      const [seen] = requests;
      expect([seen?.servername, seen?.request.headers.host]).toEqual(['receiver.example', `receiver.example:${port}`]);
    }));

  it('takes a certificate for an address', () =>
    withServer(async ({ cert, port, requests }) => {
      const { body } = await requestAllowed(`https://127.0.0.1:${port}/`, { ...settings, ca: cert });
      expect(await text(body)).toBe('took ');
      // RFC 6066: an address is no name.
      expect(requests[0]?.servername).toBe(false);
    }));

  it('sends nothing to a server whose certificate nobody trusts', () =>
    withServer(async ({ port, requests }) => {
      const attempt = requestAllowed(`https://127.0.0.1:${port}/`, { ...settings, method: 'POST', body: 'a secret' });
      await expect(attempt).rejects.toMatchObject({
        name: 'UnreachableError',
        message: 'the certificate of its server is not trusted (DEPTH_ZERO_SELF_SIGNED_CERT)',
      });
      expect(requests).toEqual([]);
    }));

  it('sends nothing to a server whose certificate is for another name, and does not say for which', () =>
    withServer(async ({ cert, port, requests }) => {
      const resolve = () => Promise.resolve(['127.0.0.1']);
      const attempt = requestAllowed(`https://other.example:${port}/`, { ...settings, ca: cert, resolve });
      await expect(attempt).rejects.toThrow(
        /^the certificate of its server is not trusted \(ERR_TLS_CERT_ALTNAME_INVALID\)$/,
      );
      expect(requests).toEqual([]);
    }));

  it('fails when the server speaks it where it is not expected to', () =>
    withServer(async ({ port, requests }) => {
      const plain = requestAllowed(`http://127.0.0.1:${port}/`, settings);
      await expect(plain).rejects.toMatchObject({ name: 'UnreachableError' });
      expect(requests).toEqual([]);
    }));
});
