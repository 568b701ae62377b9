import type { ClassificationRules } from '../card/output-rules.js';
import type { Prediction, Segment } from '../loaded-model.js';
import { anomalyOf, bestOf, scoresOf, wholeSegments, type LabelScore } from './label-scores.js';

/**
 * The best label of one input.
 *
 * @param scores one per label
 * @param seconds duration of the part of a recording that was used; 0 for an image
 */
export function classify(rules: ClassificationRules, scores: ArrayLike<number>, seconds: number): Prediction {
  const said = sureLabel(rules, scores);
  const segments = wholeSegments([said], seconds);
  return { ...said, ...anomalyOf(rules.normal, [said]), scores: scoresOf(rules, scores), segments };
}

/**
 * The best label of a recording, and what was heard in its windows. It is an anomaly when any of its segments is,
 * whatever the recording's own label.
 *
 * @param scores of the whole recording, one per label
 */
export function classifyWindowed(
  rules: ClassificationRules,
  scores: ArrayLike<number>,
  segments: Segment[],
): Prediction {
  const said = sureLabel(rules, scores);
  return { ...said, ...anomalyOf(rules.normal, segments), scores: scoresOf(rules, scores), segments };
}

function sureLabel({ labels, threshold = -Infinity, otherwise }: ClassificationRules, scores: ArrayLike<number>) {
  const best: LabelScore = bestOf(labels, scores);
  return best.score < threshold ? { label: otherwise, score: best.score } : best;
}
