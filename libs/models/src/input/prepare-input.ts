import type { AudioCard } from '../card.js';
import type { PreparedInput } from '../loaded-model.js';
import { toNetworkInput } from './network-input.js';
import { readSamples } from './read-samples.js';

/**
 * An input's bytes as the network takes them.
 *
 * @throws InputError if they cannot be read, or give nothing to compute on
 */
export function prepareInput(bytes: Uint8Array, card: AudioCard): PreparedInput {
  const start = performance.now();
  const samples = readSamples(bytes, card);
  const decoded = performance.now();
  const tensor = toNetworkInput(samples, card);
  const seconds = samples.length / card.input.sampleRate;
  return { tensor, decodeMs: decoded - start, featuresMs: performance.now() - decoded, seconds };
}
