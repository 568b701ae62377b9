import { isAudioCard, type ModelCard } from '../card.js';
import { InputError, refusal } from '../errors.js';
import { toNetworkInput } from '../input/audio/network-input.js';
import { featureShape } from '../input/feature-shape.js';
import type { ModelRecord } from '../catalog.js';
import { shapeText, valueCount } from '../network/tensor.js';
import { requireCardFitsOutput } from './card-fits-output.js';

/**
 * @throws ModelError if what the card makes of an input is not what the network takes, or what the network gives is not
 *   what the card reads; the pixels of an image may be one axis
 */
export function requireCardFitsNetwork(card: ModelCard, network: ModelRecord['network']): void {
  const made = featureShape(card);
  // The network may have axes of size 1 besides, such as a single channel.
  const [input] = network.inputs;
  if (network.inputs.length !== 1 || !input)
    throw refusal(`the network takes ${network.inputs.length} inputs, and a card makes one of a recording or an image`);
  const taken = input.shape.filter((size) => size > 1);
  const isFlat = !isAudioCard(card) && shapeText(taken) === shapeText([valueCount(made)]);
  if (!isFlat && shapeText(taken) !== shapeText(made.filter((size) => size > 1)))
    throw refusal(`the card makes an input of ${shapeText(made)}, and the network takes ${shapeText(input.shape)}`);
  requireCardFitsOutput(card, network);
}

/**
 * Computes the features of noise as long as a window, or as what is heard of a recording.
 *
 * @throws ModelError if the card makes no features of that: it would refuse every recording
 */
export function requireFeatures(card: ModelCard): void {
  if (!isAudioCard(card)) return;
  const { sampleRate, window, seconds = window?.seconds } = card.input;
  if (seconds === undefined) return;
  const noise = Float32Array.from({ length: Math.round(seconds * sampleRate) }, (_, i) => 0.5 * Math.sin(i * i));
  try {
    toNetworkInput(noise, card);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw refusal(`the card makes no features of ${seconds} s of noise: ${error.message}`, error);
  }
}
