import { describe, expect, it } from '@jest/globals';
import { SettingsError, settingsReadBy } from '#jobs';
import { parseApiSettings } from './settings.js';

function faultsOf(env: Record<string, string>): readonly string[] {
  try {
    parseApiSettings(env);
  } catch (error) {
    if (error instanceof SettingsError) return error.faults;
    throw error;
  }
  return [];
}

describe('parseApiSettings', () => {
  it('has a default for everything', () => {
    expect(parseApiSettings({})).toEqual({
      redisUrl: 'redis://127.0.0.1:6379',
      store: {
        address: { kind: 'folder', path: '.earshot/objects' },
        s3: { endpoint: undefined, region: 'us-east-1', pathStyle: false, checksums: 'WHEN_REQUIRED' },
      },
      logLevel: 'info',
      egressAllow: [],
      followParent: false,
      host: '127.0.0.1',
      port: 3000,
      auth: 'none',
      adminKeyHash: undefined,
      rateLimit: null,
      quotas: { jobs: null, bytes: null },
      maxUploadBytes: 512 * 2 ** 20,
      maxArchiveBytes: 4 * 2 ** 30,
      batchIdleMs: 86_400_000,
      uploadIdleMs: 30_000,
      timeouts: { headersMs: 10_000, stalledMs: 60_000 },
      jobTimeoutMs: 300_000,
      legacyRoutes: [],
    });
  });

  it('reads every setting that the table gives to the API', () => {
    const bad = Object.fromEntries(settingsReadBy('api').map((name) => [name, '?']));
    // Any text is a region's name.
    const expected = settingsReadBy('api').filter((name) => name !== 'EARSHOT_S3_REGION');
    expect(
      faultsOf(bad)
        .map((fault) => fault.split(' ')[0])
        .sort(),
    ).toEqual([...expected].sort());
  });

  it.each(['0.0.0.0', '::', '192.168.1.4', 'example.com', '127.0.0.1.example.com', '127.0.0.2'])(
    'refuses to listen on %s',
    (host) => {
      expect(faultsOf({ EARSHOT_HOST: host })).toEqual([expect.stringContaining('EARSHOT_HOST must be localhost')]);
    },
  );

  it.each(['127.0.0.1', '::1', 'localhost'])('listens on %s', (host) => {
    expect(parseApiSettings({ EARSHOT_HOST: host }).host).toBe(host);
  });

  it('listens anywhere, and limits rates, with keys', () => {
    const settings = parseApiSettings({ EARSHOT_AUTH: 'keys', EARSHOT_HOST: '0.0.0.0' });
    expect(settings).toMatchObject({ host: '0.0.0.0', rateLimit: { requests: 2000, windowSeconds: 10 } });
    expect(parseApiSettings({ EARSHOT_AUTH: 'keys', EARSHOT_RATE_LIMIT: 'off' }).rateLimit).toBeNull();
  });

  it.each([
    ['5/1', { requests: 5, windowSeconds: 1 }],
    ['off', null],
  ])('reads the rate limit %s', (text, rateLimit) => {
    expect(parseApiSettings({ EARSHOT_RATE_LIMIT: text }).rateLimit).toEqual(rateLimit);
  });

  it('lets old routes act for local, unless owners have keys', () => {
    const routes = { EARSHOT_LEGACY_ROUTES: 'predict=keyword' };
    const legacyRoutes = [{ name: 'predict', model: 'keyword', owner: 'local' }];
    expect(parseApiSettings(routes)).toMatchObject({ legacyRoutes });
    expect(faultsOf({ ...routes, EARSHOT_AUTH: 'keys' })).toEqual([
      'EARSHOT_LEGACY_ROUTES must name the owner that predict acts for: predict=MODEL:OWNER',
    ]);
  });

  it('keeps no more of the admin’s key than its hash', () => {
    const key = 'k'.repeat(32);
    expect(JSON.stringify(parseApiSettings({ EARSHOT_ADMIN_KEY: key }))).not.toContain(key);
    expect(faultsOf({ EARSHOT_ADMIN_KEY: 'k'.repeat(31) })).toHaveLength(1);
  });
});
