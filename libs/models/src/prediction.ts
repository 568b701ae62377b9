import type { ModelCard } from './card.js';
import { InputError } from './errors.js';
import type { Prediction } from './loaded-model.js';

/**
 * A network's output for one input, in the card's words.
 *
 * @param scores one per label
 * @param seconds duration of the part of a recording that was used; 0 for an image
 * @throws InputError if a score is not finite
 */
export function toPrediction({ output }: ModelCard, scores: Float32Array, seconds: number): Prediction {
  if (!scores.every(Number.isFinite)) throw new InputError('the network gives no finite scores for this input');
  const score = Math.max(...scores);
  const label = output.labels[scores.indexOf(score)]!;
  return {
    label,
    score,
    ...(output.normal !== undefined && { anomaly: label !== output.normal }),
    scores: output.labels.map((name, index) => ({ label: name, score: scores[index]! })),
    segments: seconds > 0 ? [{ start: 0, end: seconds, label, score }] : [],
  };
}
