import { describe, expect, it } from '@jest/globals';
import { testModelRecord } from '../../../../test/model-record.js';
import { chooseModel } from './choose-model.js';

const records = [
  testModelRecord('fan', '1.9.0'),
  testModelRecord('fan', '1.10.0'),
  testModelRecord('fan', '1.10.0-rc.1'),
  testModelRecord('fan-fault', '9.0.0'),
];

describe('chooseModel', () => {
  it.each([
    ['fan', '1.10.0'],
    ['fan@1.9.0', '1.9.0'],
    ['fan@1.10.0-rc.1', '1.10.0-rc.1'],
    ['fan-fault', '9.0.0'],
    ['fan@2.0.0', undefined],
    ['fan@', undefined],
    ['fa', undefined],
    ['', undefined],
  ])('%j is version %s', (reference, version) => {
    expect(chooseModel(records, reference)?.version).toBe(version);
  });
});
