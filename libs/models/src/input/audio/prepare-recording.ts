import type { ByteSource } from '#dsp';

import type { AudioCard } from '../../card.js';
import type { PreparedInput } from '../../loaded-model.js';
import { toNetworkInput } from './network-input.js';
import { collectSamples } from './read-samples.js';
import { SamplesReader } from './samples-reader.js';

/**
 * A recording's bytes as the network takes them.
 *
 * @param card one without `input.window`
 * @throws InputError if they cannot be read, or give nothing to compute on
 */
export async function prepareRecording(source: ByteSource, card: AudioCard): Promise<PreparedInput> {
  const start = performance.now();
  const reader = new SamplesReader(source, card.input);
  const samples = await collectSamples(reader, card.input);
  const decoded = performance.now();
  const tensor = toNetworkInput(samples, card);
  const seconds = samples.length / card.input.sampleRate;
  return { tensor, decodeMs: decoded - start - reader.waitedMs, featuresMs: performance.now() - decoded, seconds };
}
