import type { ByteSource } from '#dsp';

import { isAudioCard, type ModelCard } from '../card.js';
import type { PreparedInput } from '../loaded-model.js';
import { prepareRecording } from './audio/prepare-recording.js';
import { prepareImage } from './image/prepare-image.js';

/**
 * An input's bytes as the network takes them.
 *
 * @param card one without `input.window`
 * @throws InputError if they cannot be read, or give nothing to compute on
 */
export async function prepareInput(source: ByteSource, card: ModelCard): Promise<PreparedInput> {
  return isAudioCard(card) ? prepareRecording(source, card) : prepareImage(source, card);
}
