import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * True when certificates can be made here. When not, says so once; with `CI=true` that is an error, so that a green run
 * never means that nothing spoke TLS.
 */
export const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

if (!hasOpenssl) {
  const message = 'openssl missing (Debian: apt-get install openssl); the tests of HTTPS are skipped';
  if (process.env['CI'] === 'true') throw new Error(message);
  process.stderr.write(`${message}\n`);
}

/** PEM texts, and where the certificate lies as a file. */
export interface TestCertificate {
  key: string;
  cert: string;
  certFile: string;
}

/** Makes a key and a certificate for `receiver.example` and 127.0.0.1 that only trusts itself, in a folder of the test's. */
export async function makeCertificate(folder: string): Promise<TestCertificate> {
  const [keyFile, certFile] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const { status, stderr } = spawnSync('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'],
    ...['-subj', '/CN=receiver.example', '-addext', 'subjectAltName=DNS:receiver.example,IP:127.0.0.1'],
    ...['-keyout', keyFile, '-out', certFile],
  ]);
  if (status !== 0) throw new Error(`openssl made no certificate: ${stderr.toString()}`);
  const [key, cert] = await Promise.all([keyFile, certFile].map((path) => readFile(path, 'utf8')));
  return { key: key ?? '', cert: cert ?? '', certFile };
}
