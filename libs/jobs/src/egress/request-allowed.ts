import { request as requestHttp, type ClientRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { pipeline, Transform, type Readable, type TransformCallback } from 'node:stream';
import { rejectOnAbort } from '../reject-on-abort.js';
import type { EgressAllow } from './egress-allow.js';
import { requireAllowedAddress, resolveHost, type AllowedTarget, type ResolveHost } from './require-allowed-address.js';

export interface AllowedRequest {
  /** What may be connected to besides public addresses. */
  allow: EgressAllow;
  /** Default `GET`. */
  method?: string;
  headers?: Readonly<Record<string, string>>;
  body?: string | Uint8Array;
  /** Milliseconds until the connection, with TLS if asked for, must stand. Default 5000. */
  connectMs?: number;
  /** Milliseconds for everything, from resolving the host to the last byte of the answer. */
  totalMs: number;
  /** Milliseconds without a byte after which it is given up. Default: as long as `totalMs`. */
  idleMs?: number;
  /** The most bytes that an answer's body may have; its stream fails at the one that is too many. */
  maxBytes: number;
  /** Aborting it ends everything with its reason. */
  signal?: AbortSignal | undefined;
  /** Default: as the machine does. */
  resolve?: ResolveHost;
  /** Certificates to trust in place of the machine's, as PEM. */
  ca?: string;
}

export interface AllowedAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  /** To be read to the end or destroyed. Fails with UnreachableError, AnswerTooLargeError or the abort's reason. */
  body: Readable;
}

/** No answer, or not a whole one: the connection failed, broke off, or took too long. May pass by itself. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError';
}

/** The answer's body has more bytes than may be. */
export class AnswerTooLargeError extends Error {
  override readonly name = 'AnswerTooLargeError';
}

const defaultConnectMs = 5000;
/** Node.js' names for what is wrong with a certificate: who signed it, when it holds, whom it is for. */
const certificateFault = /CERT|^UNABLE_TO_VERIFY_LEAF_SIGNATURE$|^HOSTNAME_MISMATCH$/;

/** What the commonest faults of a connection mean. */
const connectionFaults: Record<string, string> = {
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'the connection was broken off',
  EPIPE: 'the connection was broken off',
  EPROTO: 'there is no TLS at that port',
  EHOSTUNREACH: 'there is no way to it',
  ENETUNREACH: 'there is no way to it',
  ETIMEDOUT: 'it does not answer',
};

/**
 * Sends one request to an address that a caller has given. The host is resolved once, its addresses are checked, and
 * the connection goes to these very addresses: what DNS says a moment later changes nothing. Each request has a
 * connection of its own. Redirects are not followed: whoever follows one calls this again.
 *
 * @throws EarshotError as {@link requireAllowedAddress} does; UnreachableError; or the abort's reason
 */
export async function requestAllowed(address: string | URL, options: AllowedRequest): Promise<AllowedAnswer> {
  const ending = new AbortController();
  const end = (): void => ending.abort(options.signal?.reason);
  const { totalMs } = options;
  const timer = setTimeout(() => ending.abort(new UnreachableError(`it took longer than ${totalMs} ms`)), totalMs);
  const release = (): void => {
    clearTimeout(timer);
    options.signal?.removeEventListener('abort', end);
  };
  if (options.signal?.aborted) end();
  options.signal?.addEventListener('abort', end, { once: true });
  try {
    const checked = requireAllowedAddress(address, options.allow, options.resolve ?? resolveHost);
    const target = await Promise.race([checked, rejectOnAbort(ending.signal)]);
    const answer = await send(target, options, ending.signal);
    answer.body.once('close', release);
    return answer;
  } catch (error) {
    release();
    throw error;
  }
}

function send({ url, addresses }: AllowedTarget, options: AllowedRequest, signal: AbortSignal): Promise<AllowedAnswer> {
  const { method = 'GET', headers = {}, body, maxBytes, ca } = options;
  const open = url.protocol === 'https:' ? requestHttps : requestHttp;
  const request = open(url, {
    method,
    headers: { ...headers, ...(body !== undefined && { 'content-length': Buffer.byteLength(body) }) },
    lookup: toLookup(addresses),
    // A connection that is kept might belong to a host that was checked by another rule.
    agent: false,
    ...(ca !== undefined && { ca }),
  });
  limitTimes(request, options);
  return new Promise<AllowedAnswer>((resolve, reject) => {
    const fail = (error: unknown): void => reject(toUnreachable(error, signal));
    const end = (): void => void request.destroy(signal.reason as Error);
    if (signal.aborted) end();
    signal.addEventListener('abort', end, { once: true });
    request.once('error', fail);
    // The last word, where none was said: a server that switches protocols, for one.
    request.once('close', () => fail(new Error('the connection was closed without an answer')));
    request.once('response', (response) => {
      signal.removeEventListener('abort', end);
      resolve({
        status: response.statusCode ?? 0,
        headers: response.headers,
        body: limited(response, maxBytes, signal),
      });
    });
    request.end(body);
  });
}

function limitTimes(request: ClientRequest, { connectMs = defaultConnectMs, idleMs }: AllowedRequest): void {
  const give = (why: string): void => void request.destroy(new UnreachableError(why));
  const timer = setTimeout(() => give(`no connection within ${connectMs} ms`), connectMs);
  const connected = (): void => clearTimeout(timer);
  request.once('close', connected);
  request.once('socket', (socket) => socket.once('encrypted' in socket ? 'secureConnect' : 'connect', connected));
  if (idleMs !== undefined) request.setTimeout(idleMs, () => give(`no byte came for ${idleMs} ms`));
}

function limited(response: IncomingMessage, maxBytes: number, signal: AbortSignal): Readable {
  const body = new ByteLimit(maxBytes);
  const end = (): void => void body.destroy(signal.reason as Error);
  signal.addEventListener('abort', end, { once: true });
  body.once('close', () => signal.removeEventListener('abort', end));
  response.once('error', (error) => body.destroy(toUnreachable(error, signal)));
  return pipeline(response, body, () => undefined);
}

class ByteLimit extends Transform {
  private bytes = 0;

  constructor(private readonly maxBytes: number) {
    super();
  }

  override _transform(chunk: Buffer, _encoding: string, done: TransformCallback): void {
    this.bytes += chunk.length;
    if (this.bytes > this.maxBytes) done(new AnswerTooLargeError(`the answer has more than ${this.maxBytes} bytes`));
    else done(null, chunk);
  }
}

/** Always the addresses that were checked, whatever is asked. */
function toLookup(addresses: readonly string[]): LookupFunction {
  const found = addresses.map((address) => ({ address, family: isIP(address.split('%')[0] ?? '') }));
  return (_hostname, { all }, callback) => {
    const [first] = found;
    if (all) callback(null, found);
    else callback(null, first?.address ?? '', first?.family);
  };
}

/** The code and what it means, where there is one: the rest of the words may name an address inside. */
function toUnreachable(error: unknown, signal: AbortSignal): Error {
  if (signal.aborted) return signal.reason as Error;
  if (error instanceof UnreachableError) return error;
  const [first = error] = error instanceof AggregateError ? (error.errors as unknown[]) : [];
  const { code, message } = first as NodeJS.ErrnoException;
  return new UnreachableError(code === undefined ? message : wordsOf(code), { cause: error });
}

function wordsOf(code: string): string {
  if (certificateFault.test(code)) return `the certificate of its server is not trusted (${code})`;
  const meaning = connectionFaults[code];
  return meaning === undefined ? code : `${meaning} (${code})`;
}
