import { modelCardSchema } from '#models/card';
import type { ModelSummary, ModelView } from './model.view.js';

const card = modelCardSchema.parse({
  name: 'fan-fault',
  version: '1.0.0',
  description: 'Whether a fan runs as it should.',
  task: 'classification',
  input: { kind: 'audio', sampleRate: 22_050, channels: 'mean' },
  features: {
    ...{ kind: 'mfcc', coefficients: 40, fft: 2048, hop: 512, mels: 128, layout: 'frames-coefficients' },
    fit: { frames: 432, short: 'zeros', long: 'truncate' },
  },
  output: { labels: ['Component OK', 'Component is imbalanced'], normal: 'Component OK' },
  weights: 'model.h5',
});

/** A model in a list. */
export const exampleSummary: ModelSummary = {
  name: card.name,
  version: card.version,
  digest: 'sha256:b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c',
  description: card.description ?? null,
  ...{ task: card.task, input: card.input, queue: card.queue },
  registeredAt: '2026-11-21T18:00:00.000Z',
  versions: ['1.0.0'],
  aliases: { stable: '1.0.0' },
  links: { self: '/models/fan-fault/versions/1.0.0' },
};

/** A version of it. */
export const exampleModel: ModelView = {
  ...exampleSummary,
  card,
  network: {
    format: 'keras-hdf5',
    layers: 8,
    inputs: [{ name: 'input', shape: [432, 40] }],
    outputs: [{ name: 'scores', shape: [2] }],
  },
  groupLimit: 16,
  check: { reference: 'keras', largestDifference: 1e-7 },
};
