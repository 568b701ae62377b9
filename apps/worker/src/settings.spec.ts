import { availableParallelism } from 'node:os';
import { describe, expect, it } from '@jest/globals';
import { settingsReadBy, SettingsError } from '#jobs';
import { parseWorkerSettings } from './settings.js';

function faultsOf(env: Record<string, string>): readonly string[] {
  try {
    parseWorkerSettings(env);
  } catch (error) {
    if (error instanceof SettingsError) return error.faults;
    throw error;
  }
  return [];
}

describe('a worker’s settings', () => {
  it('hold without any environment: one process a core, both roles, the queue cpu', () => {
    expect(parseWorkerSettings({})).toMatchObject({
      computeProcesses: availableParallelism(),
      roles: ['infer', 'notify'],
      queues: ['cpu'],
      modelFolders: [],
      engine: 'onnxruntime',
      followParent: false,
      lockMs: 10_000,
    });
  });

  it('take their units from the names', () => {
    const env = { EARSHOT_COMPUTE_MEMORY_MIB: '512', EARSHOT_LOCK_SECONDS: '3', EARSHOT_SWEEP_AGE_SECONDS: '60' };
    expect(parseWorkerSettings(env)).toMatchObject({ computeMemoryBytes: 2 ** 29, lockMs: 3000, sweepAgeMs: 60_000 });
  });

  it('name every variable at fault together', () => {
    const env = {
      EARSHOT_ENGINE: 'torch',
      EARSHOT_QUEUES: 'cpu,../gpu',
      EARSHOT_COMPUTE_PROCESSES: '0',
      EARSHOT_ENGIN: 'x',
    };
    const named = faultsOf(env).map((fault) => fault.split(' ')[0]);
    expect(named.toSorted()).toEqual([
      'EARSHOT_COMPUTE_PROCESSES',
      'EARSHOT_ENGIN',
      'EARSHOT_ENGINE',
      'EARSHOT_QUEUES',
    ]);
  });

  it('are all that the table of settings says a worker reads', () => {
    // A value that no setting of a worker takes: each must be complained about, or be free text.
    const freeText = new Set(['EARSHOT_S3_REGION', 'EARSHOT_MODELS']);
    const env = Object.fromEntries(settingsReadBy('worker').map((name) => [name, ',']));
    const named = new Set(faultsOf(env).map((fault) => fault.split(' ')[0]));
    expect(settingsReadBy('worker').filter((name) => !named.has(name) && !freeText.has(name))).toEqual([]);
  });
});
