import type { MultiLabelRules } from '../card/output-rules.js';
import type { Prediction, Segment } from '../loaded-model.js';
import { anomalyOf, bestFirst, bestOf, scoresOf, wholeSegments, type LabelScore } from './label-scores.js';

/**
 * The labels that apply to one input.
 *
 * @param scores one per label
 * @param seconds duration of the part of a recording that was used; 0 for an image
 */
export function multiLabel(rules: MultiLabelRules, scores: ArrayLike<number>, seconds: number): Prediction {
  const labels = applying(rules, scores);
  return said(rules, scores, labels, labels, wholeSegments(labels, seconds));
}

/**
 * The labels that apply to a recording, and what was heard in its windows. It is an anomaly when any of its segments
 * is, whatever the recording's own labels.
 *
 * @param scores of the whole recording, one per label
 */
export function multiLabelWindowed(rules: MultiLabelRules, scores: ArrayLike<number>, segments: Segment[]): Prediction {
  return said(rules, scores, applying(rules, scores), segments, segments);
}

/** The labels whose score is at or above their threshold, best first. */
export function applying({ labels, thresholds }: MultiLabelRules, scores: ArrayLike<number>): LabelScore[] {
  const all = labels.map((label, index) => ({ label, score: scores[index]! }));
  return bestFirst(all.filter(({ score }, index) => score >= thresholds[index]!));
}

function said(
  rules: MultiLabelRules,
  scores: ArrayLike<number>,
  labels: LabelScore[],
  heard: readonly { label: string }[],
  segments: Segment[],
): Prediction {
  const best = labels[0] ?? { label: rules.otherwise, score: bestOf(rules.labels, scores).score };
  return { ...best, ...anomalyOf(rules.normal, heard), labels, scores: scoresOf(rules, scores), segments };
}
