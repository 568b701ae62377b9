/**
 * The arguments of the embedded redis-server: reachable through its socket only and durable to the last answered
 * write. Nothing is ever evicted: a full memory refuses new jobs rather than lose old ones.
 */
export function redisArguments(folder: string, socketPath: string): string[] {
  const settings = {
    port: '0',
    unixsocket: socketPath,
    unixsocketperm: '700',
    dir: folder,
    appendonly: 'yes',
    appendfsync: 'always',
    // The append-only file holds everything; snapshots beside it would only cost time and disk.
    save: '',
    'maxmemory-policy': 'noeviction',
    daemonize: 'no',
    loglevel: 'notice',
  };
  return Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
}
