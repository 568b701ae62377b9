import type { IncomingHttpHeaders } from 'node:http';
import { EarshotError } from '#jobs';
import { isLoopbackHost } from './loopback.js';

/** What reverse proxies add. Not `Via`: programs on this machine may have a proxy of their own. */
const proxyHeaders = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip'];

/**
 * Who is answered while no API keys are asked for: programs on this machine. A page of another site that runs in a browser
 * here could reach the port as well, by its address or by a name that leads here (DNS rebinding), so the browser's own
 * statements are looked at; and a reverse proxy would carry in the whole world.
 *
 * @throws EarshotError with the first rule that the headers break
 */
export function requireLocalCaller(headers: IncomingHttpHeaders): void {
  const { host = '', origin } = headers;
  if (!isLoopbackHost(host))
    throw new EarshotError('host_not_allowed', 'Address the API as localhost, 127.0.0.1 or [::1].');
  if (proxyHeaders.some((name) => headers[name] !== undefined))
    throw new EarshotError('proxy_not_allowed', 'Without API keys, requests that came through a proxy are refused.');
  if (headers['sec-fetch-site'] === 'cross-site' || (origin !== undefined && !isOwnOrigin(origin, host)))
    throw new EarshotError('origin_not_allowed', 'Without API keys, pages of other sites may not use the API.');
}

function isOwnOrigin(origin: string, host: string): boolean {
  return URL.canParse(origin) && new URL(origin).host === host.toLowerCase();
}
