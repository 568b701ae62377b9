import { describe, expect, it } from '@jest/globals';
import { testModelRecord } from '../../../../test/model-record.js';
import { chooseModel } from './choose-model.js';

const records = [
  testModelRecord('fan', '1.9.0'),
  testModelRecord('fan', '1.10.0'),
  testModelRecord('fan', '1.10.0-rc.1'),
  testModelRecord('fan-fault', '9.0.0'),
];

const stable = { name: 'fan', alias: 'stable', version: '1.9.0', changedAt: '2026-01-01T00:00:00.000Z' };

describe('chooseModel', () => {
  it.each([
    ['fan', '1.10.0'],
    ['fan@1.9.0', '1.9.0'],
    ['fan@1.10.0-rc.1', '1.10.0-rc.1'],
    ['fan-fault', '9.0.0'],
    ['fan@stable', '1.9.0'],
    ['fan@latest', '1.10.0'],
    ['fan-fault@stable', undefined],
    ['fan@2.0.0', undefined],
    ['fan@', undefined],
    ['fa', undefined],
    ['', undefined],
  ])('%j is version %s', (reference, version) => {
    expect(chooseModel({ records, aliases: [stable] }, reference)?.version).toBe(version);
  });

  it('takes a bare name for the alias latest, where there is one that names a version', () => {
    const named = (version: string) =>
      chooseModel({ records, aliases: [{ ...stable, alias: 'latest', version }] }, 'fan')?.version;
    expect(named('1.9.0')).toBe('1.9.0');
    expect(named('0.1.0')).toBe('1.10.0');
  });
});
