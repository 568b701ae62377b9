import { isAudioCard, type AudioCard, type ModelCard } from '../card.js';
import { featureRows } from '../card/features.js';
import { channelCount } from '../card/image.js';

/**
 * The shape of the values that a card makes of one input: rows and columns of features, or height, width and channels
 * of an image in the order of its layout.
 */
export function featureShape(card: AudioCard): [number, number];
export function featureShape(card: ModelCard): number[];
export function featureShape(card: ModelCard): number[] {
  if (isAudioCard(card)) {
    const { layout, fit } = card.features;
    const [rows, frames] = [featureRows(card.features), fit.frames];
    return layout === 'coefficients-frames' ? [rows, frames] : [frames, rows];
  }
  const { height, width, layout } = card.image;
  const channels = channelCount(card.image);
  switch (layout) {
    case 'channels-last':
      return [height, width, channels];
    case 'channels-first':
      return [channels, height, width];
    case 'flat':
      return [height * width * channels];
  }
}
