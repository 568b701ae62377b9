/** True for an address to listen on that only this machine can reach, and whose name requests may use. */
export function isLoopbackAddress(address: string): boolean {
  return ['localhost', '127.0.0.1', '::1'].includes(address);
}

/** True for a `Host` header (or the authority of a URL) that names this machine itself, with any port. */
export function isLoopbackHost(host: string): boolean {
  return /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i.test(host);
}
