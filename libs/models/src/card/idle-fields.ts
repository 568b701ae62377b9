import type { Features } from './features.js';

/**
 * What a card gives and nothing asks for: its author expects something else of it. Defaults count as not given, so this
 * is asked of a card as it was written, and not of one that is registered: those written before stay what they are.
 *
 * @param given the card's `features` as they were written
 */
export function* idleFields(features: Features, given: unknown): Generator<[path: string[], message: string]> {
  const { levels, normalisation, centered, padding, fft } = features;
  if (isGiven(given, 'topDb') && levels && levels.kind !== 'decibels')
    yield [['features', 'topDb'], `has no meaning with features.levels.kind ${levels.kind}`];
  if (padding !== undefined && centered === false)
    yield [['features', 'padding'], 'has no meaning with features.centered false'];
  const { leastStd, std } = normalisation ?? {};
  if (leastStd !== undefined && typeof std !== 'string')
    yield [
      ['features', 'normalisation', 'leastStd'],
      'has no meaning where features.normalisation.std is given in numbers',
    ];
  const lastBin = Math.floor(fft / 2);
  if (features.kind !== 'spectrogram' && (features.lowestBin ?? 0) > lastBin)
    yield [['features', 'lowestBin'], `must be at most ${lastBin}, half of features.fft: no band has a bin`];
}

function isGiven(content: unknown, field: string): boolean {
  return typeof content === 'object' && content !== null && field in content;
}
