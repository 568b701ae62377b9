const mostWaitSeconds = 60;

/**
 * How many seconds the caller prefers to wait for the finished job: `wait=N` of a `Prefer` header (RFC 7240), at most
 * 60; undefined when it says nothing of the kind. Preferences are no demands: what is not understood is passed over.
 */
export function preferredWaitSeconds(prefer: string | undefined): number | undefined {
  for (const preference of (prefer ?? '').split(',')) {
    const [, seconds] = /^\s*wait\s*=\s*"?(\d{1,9})"?\s*(?:;.*)?$/i.exec(preference) ?? [];
    if (seconds !== undefined) return Math.min(Number(seconds), mostWaitSeconds);
  }
  return undefined;
}
