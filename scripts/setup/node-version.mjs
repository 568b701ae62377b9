import { SetUpError } from './set-up-error.mjs';

/**
 * Refuses a Node older than package.json's `engines.node`.
 *
 * @param version such as `20.19.0`
 * @param range of the one form `>=major.minor`
 * @throws SetUpError
 */
export function requireNode(version, range) {
  const [major, minor] = version.split('.').map(Number);
  const [leastMajor, leastMinor] = range.replace('>=', '').split('.').map(Number);
  if (major > leastMajor || (major === leastMajor && minor >= leastMinor)) return;
  throw new SetUpError(
    `Node ${version} is too old: Earshot needs ${range.replace('>=', '')} or later (https://nodejs.org)`,
  );
}
