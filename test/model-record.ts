import { randomUUID } from 'node:crypto';
import { modelRecordSchema, recordKey, type BundleStore, type ModelRecord } from '#models/catalog';

const hex = 'a'.repeat(64);

/** The record of an audio model that nobody can run: for tests of what happens before a worker has the job. */
export function testModelRecord(name: string, version = '1.0.0'): ModelRecord {
  const card = {
    name,
    version,
    task: 'classification',
    input: { kind: 'audio', sampleRate: 16_000, channels: 'mean', resampler: 'kaiser_fast' },
    features: {
      kind: 'mfcc',
      coefficients: 13,
      fft: 512,
      hop: 160,
      mels: 40,
      layout: 'frames-coefficients',
      fit: { frames: 44, short: 'zeros', long: 'truncate' },
    },
    output: { labels: ['yes', 'no'] },
    weights: 'model.h5',
  };
  return modelRecordSchema.parse({
    name,
    version,
    digest: `sha256:${hex}`,
    content: randomUUID(),
    card,
    network: {
      format: 'keras-hdf5',
      layers: 8,
      inputs: [{ name: 'input', shape: [44, 13] }],
      outputs: [{ name: 'scores', shape: [2] }],
    },
    groupLimit: 16,
    files: {
      weights: [{ path: 'model.h5', bytes: 1, sha256: hex }],
      onnx: { key: 'models/none', bytes: 1, sha256: hex },
    },
    check: { reference: 'none', largestDifference: 0 },
    registeredAt: '2026-01-01T00:00:00.000Z',
  });
}

/** Registers it, as a worker would. */
export async function putTestModel(store: BundleStore, name: string, version?: string): Promise<ModelRecord> {
  const record = testModelRecord(name, version);
  await store.put(recordKey(record.name, record.version), Buffer.from(JSON.stringify(record)));
  return record;
}
