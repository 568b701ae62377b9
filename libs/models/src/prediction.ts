import type { ModelCard } from './card.js';
import { InputError } from './errors.js';
import type { Prediction, Segment } from './loaded-model.js';

type Scores = Float32Array | Float64Array;

/**
 * A network's output for one input, in the card's words.
 *
 * @param scores one per label
 * @param seconds duration of the part of a recording that was used; 0 for an image
 * @throws InputError if a score is not finite
 */
export function toPrediction({ output }: ModelCard, scores: Scores, seconds: number): Prediction {
  const best = bestLabel(output.labels, scores);
  const segments = seconds > 0 ? [{ start: 0, end: seconds, ...best }] : [];
  return { ...best, ...anomalyOf(output, [best]), scores: scoresOf(output, scores), segments };
}

/**
 * What was heard in the windows of a recording, in the card's words. It is an anomaly when any of its segments is,
 * whatever the recording's own label.
 *
 * @param scores of the whole recording, one per label
 */
export function toWindowedPrediction({ output }: ModelCard, scores: Scores, segments: Segment[]): Prediction {
  const best = bestLabel(output.labels, scores);
  return { ...best, ...anomalyOf(output, segments), scores: scoresOf(output, scores), segments };
}

/**
 * The label with the highest score; the first of them when several have it.
 *
 * @throws InputError if a score is not finite
 */
export function bestLabel(labels: readonly string[], scores: Scores): { label: string; score: number } {
  if (!scores.every((value) => Number.isFinite(value)))
    throw new InputError('the network gives no finite scores for this input');
  const score = Math.max(...scores);
  return { label: labels[scores.indexOf(score)]!, score };
}

function anomalyOf({ normal }: ModelCard['output'], heard: readonly { label: string }[]): { anomaly?: boolean } {
  return normal === undefined ? {} : { anomaly: heard.some(({ label }) => label !== normal) };
}

function scoresOf({ labels }: ModelCard['output'], scores: Scores): Prediction['scores'] {
  return labels.map((label, index) => ({ label, score: scores[index]! }));
}
