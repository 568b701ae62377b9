import { describe, expect, it } from '@jest/globals';
import { parseEnvironment, SettingsError, type Environment } from './parse-environment.js';
import { processSettingSchemas } from './process-settings.js';
import { listOf, someOf, wholeNumber } from './setting-schemas.js';
import { storeSettingSchemas, toStoreSettings } from './store-settings.js';

const schemas = {
  ...processSettingSchemas,
  ...storeSettingSchemas,
  EARSHOT_PORT: wholeNumber(0, 65_535),
  EARSHOT_ROLES: someOf(['infer', 'notify']),
  EARSHOT_MODELS: listOf(':').optional(),
};

function faultsOf(env: Environment): readonly string[] {
  try {
    parseEnvironment(env, schemas);
  } catch (error) {
    if (error instanceof SettingsError) return error.faults;
    throw error;
  }
  return [];
}

describe('parseEnvironment', () => {
  it('fills in the defaults of the table, for unset and for empty variables', () => {
    const unset = parseEnvironment({}, schemas);
    expect(unset.EARSHOT_PORT).toBe(3000);
    expect(unset.EARSHOT_ROLES).toEqual(['infer', 'notify']);
    expect(unset.EARSHOT_MODELS).toBeUndefined();
    expect(parseEnvironment({ EARSHOT_PORT: '', EARSHOT_MODELS: ' ' }, schemas)).toEqual(unset);
  });

  it('reports all faults together', () => {
    const faults = faultsOf({
      EARSHOT_PORT: '70000',
      EARSHOT_STORE: 'gs://bucket',
      EARSHOT_LOG_LEVEL: 'loud',
      EARSHOT_ROLES: 'infer,dance',
      EARSHOT_S3_ENDPOINT: 'ftp://x',
    });
    expect(faults.map((fault) => fault.split(' ')[0]).sort()).toEqual([
      'EARSHOT_LOG_LEVEL',
      'EARSHOT_PORT',
      'EARSHOT_ROLES',
      'EARSHOT_S3_ENDPOINT',
      'EARSHOT_STORE',
    ]);
    expect(faults).toContain('EARSHOT_PORT must be a whole number from 0 to 65535');
  });

  it('refuses EARSHOT_ names that no process of ours takes, and leaves other names alone', () => {
    expect(faultsOf({ EARSHOT_PROT: '1', PATH: '/bin' })).toEqual([
      'EARSHOT_PROT is no setting; see .env.example for those that are',
    ]);
    expect(faultsOf({ EARSHOT_QUEUES: 'whatever another process makes of it' })).toEqual([]);
  });

  it('never repeats a value, which may be a secret', () => {
    const faults = faultsOf({ REDIS_URL: 'http://me:hunter2@host', EARSHOT_PORT: 'hunter2', EARSHOT_STORE: 'hunter2' });
    expect(faults).toHaveLength(3);
    expect(faults.join()).not.toContain('hunter2');
  });

  it.each(['1.5', '-1', '1e3', '0x10', '65536', '99999999999999999'])('does not take %s for a port', (port) => {
    expect(faultsOf({ EARSHOT_PORT: port })).toEqual(['EARSHOT_PORT must be a whole number from 0 to 65535']);
  });
});

describe('store settings', () => {
  it.each([
    ['folder:/srv/objects', { kind: 'folder', path: '/srv/objects' }],
    ['s3://bucket', { kind: 's3', bucket: 'bucket', prefix: '' }],
    ['s3://bucket/', { kind: 's3', bucket: 'bucket', prefix: '' }],
    ['s3://my-bucket/some/prefix/', { kind: 's3', bucket: 'my-bucket', prefix: 'some/prefix/' }],
  ])('reads %s', (address, expected) => {
    const settings = toStoreSettings(parseEnvironment({ EARSHOT_STORE: address }, storeSettingSchemas));
    expect(settings.address).toEqual(expected);
    expect(settings.s3).toEqual({
      endpoint: undefined,
      region: 'us-east-1',
      pathStyle: false,
      checksums: 'WHEN_REQUIRED',
    });
  });
});
