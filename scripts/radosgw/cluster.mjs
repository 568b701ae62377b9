import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { createConnection, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { cephConfiguration } from './ceph-configuration.mjs';

const pollMs = 50;
const region = 'us-east-1';

/** A monitor, a store in memory and the gateway, made without Ceph's Python command, which takes a second a call. */
export async function startCluster(folder, children) {
  const fsid = randomUUID();
  const [monitor, gateway] = await freePorts(2);
  const at = (name) => join(folder, name);
  const configured = ['--conf', at('ceph.conf')];
  for (const name of ['mon', 'osd']) await mkdir(at(name));
  await writeFile(at('ceph.conf'), cephConfiguration({ folder, fsid, monitor, gateway }));

  await makeKeys(children, at('keyring'));
  await children.run(
    'monmaptool',
    '--create',
    '--fsid',
    fsid,
    '--addv',
    'a',
    `[v2:127.0.0.1:${monitor}]`,
    at('monmap'),
  );
  await children.run('osdmaptool', '--createsimple', '1', at('osdmap'));
  const maps = ['--monmap', at('monmap'), '--osdmap', at('osdmap')];
  await children.run('ceph-mon', ...configured, '--mkfs', '-i', 'a', '--keyring', at('keyring'), ...maps);
  const daemons = [children.start('ceph-mon', ...configured, '-f', '-i', 'a')];
  await children.run('ceph-osd', ...configured, '--mkfs', '-i', '0', '--monmap', at('monmap'));
  daemons.push(children.start('ceph-osd', ...configured, '-f', '-i', '0'));

  const keys = { accessKeyId: randomBytes(10).toString('hex'), secretAccessKey: randomBytes(20).toString('hex') };
  const user = ['--uid', 'earshot', '--display-name', 'Earshot'];
  const secrets = ['--access-key', keys.accessKeyId, '--secret-key', keys.secretAccessKey];
  await children.run('radosgw-admin', ...configured, 'user', 'create', ...user, ...secrets);
  daemons.push(children.start('radosgw', ...configured, '-f', '-n', 'client.admin'));
  await Promise.race([listening(gateway), ...daemons.map(failWhenEnded)]);
  return { endpoint: `http://127.0.0.1:${gateway}`, region, ...keys };
}

async function makeKeys(children, keyring) {
  const all = (...subsystems) => subsystems.flatMap((subsystem) => ['--cap', subsystem, 'allow *']);
  const add = (name, ...options) => children.run('ceph-authtool', keyring, '--gen-key', '-n', name, ...options);
  await add('mon.', '--create-keyring', ...all('mon'));
  await add('client.admin', ...all('mon', 'osd'));
  await add('osd.0', '--cap', 'mon', 'allow profile osd', ...all('osd'));
}

async function freePorts(count) {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => server.address().port);
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return ports;
}

async function listening(port) {
  for (;;) {
    const connection = createConnection(port, '127.0.0.1');
    try {
      return await once(connection, 'connect');
    } catch {
      await delay(pollMs);
    } finally {
      connection.destroy();
    }
  }
}

async function failWhenEnded(ended) {
  await ended;
  throw new Error('a daemon of Ceph ended');
}
