import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const guardScript = fileURLToPath(new URL('radosgw/guard.process.mjs', import.meta.url));

/** What has to be installed (Debian: radosgw, ceph-mon, ceph-osd, ceph-common, util-linux). */
const binaries = [
  'setpriv',
  'radosgw',
  'radosgw-admin',
  'ceph-mon',
  'ceph-osd',
  'ceph-authtool',
  'monmaptool',
  'osdmaptool',
];

/** Those of the binaries that are not installed. */
export function missingRadosgwBinaries() {
  return binaries.filter((binary) => spawnSync(binary, ['--version'], { stdio: 'ignore' }).error !== undefined);
}

/**
 * Starts an S3 server of one's own: Ceph's gateway over one monitor and one store in memory, on free loopback ports.
 * Takes about six seconds. However this process ends, nothing of it stays behind.
 *
 * @throws Error if it cannot be started; its log goes to standard error
 */
export async function startRadosgw() {
  const guard = spawn(process.execPath, [guardScript], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(guard, 'exit');
  const [line] = await Promise.race([once(createInterface(guard.stdout), 'line'), ended]);
  if (typeof line !== 'string') throw new Error('the S3 server for tests did not start');
  const stop = async () => {
    guard.stdin.end();
    await ended;
  };
  return { ...JSON.parse(line), stop };
}
