/** The ceph.conf of a cluster that lives in one folder, keeps one copy, and is gone after the test. */
export function cephConfiguration({ folder, fsid, monitor, gateway }) {
  const settings = {
    fsid,
    'mon host': `v2:127.0.0.1:${monitor}/0`,
    'public addr': '127.0.0.1',
    'cluster addr': '127.0.0.1',
    'ms bind msgr1': false,
    'auth cluster required': 'cephx',
    'auth service required': 'cephx',
    'auth client required': 'cephx',
    'auth allow insecure global id reclaim': false,
    keyring: `${folder}/keyring`,
    'run dir': folder,
    'admin socket': '',
    'log file': '',
    'mon cluster log file': '',
    'mon data': `${folder}/mon`,
    // A monitor stops itself on a disk that is nearly full; this one stores next to nothing.
    'mon data avail crit': 0,
    // Seconds a change is held back to be decided with others.
    'paxos propose interval': 0.01,
    'mon allow pool size one': true,
    'osd data': `${folder}/osd`,
    'osd objectstore': 'memstore',
    'memstore device bytes': 4 * 2 ** 30,
    'osd crush chooseleaf type': 0,
    'osd pool default size': 1,
    'osd pool default min size': 1,
    'osd pool default pg num': 1,
    'osd pool default pgp num': 1,
    'osd pool default pg autoscale mode': 'off',
    'rgw rados pool pg num min': 1,
    'rgw data': folder,
    'rgw frontends': `beast endpoint=127.0.0.1:${gateway}`,
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}`);
  return ['[global]', ...lines, ''].join('\n');
}
