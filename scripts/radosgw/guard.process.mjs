/**
 * A process that runs a throw-away S3 server and prints one line of JSON once it serves. It ends with all that it has
 * started, and removes its folder, when its standard input ends: that is, at the latest when its parent dies.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Children } from './children.mjs';
import { startCluster } from './cluster.mjs';

const logTail = 4000;

const folder = await mkdtemp(join(tmpdir(), 'earshot-radosgw-'));
const log = join(folder, 'log');
const children = new Children(log);
let ending = false;

async function end(code) {
  if (ending) return;
  ending = true;
  await children.kill();
  await rm(folder, { recursive: true, force: true });
  process.exit(code);
}

process.stdin
  .once('end', () => end(0))
  .once('error', () => end(0))
  .resume();
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => end(0));

try {
  console.log(JSON.stringify(await startCluster(folder, children)));
} catch (error) {
  if (!ending) console.error(`${error.message}\n${(await readFile(log, 'utf8')).slice(-logTail)}`);
  await end(1);
}
