import type { Segment, Prediction } from '../loaded-model.js';

/** A label and how sure the network is of it. */
export type LabelScore = Prediction['scores'][number];

/** The label with the highest score; the first of them when several have it. */
export function bestOf(labels: readonly string[], scores: ArrayLike<number>): LabelScore {
  let best = 0;
  for (let index = 1; index < scores.length; index++) if (scores[index]! > scores[best]!) best = index;
  return { label: labels[best]!, score: scores[best]! };
}

/** All in the card's order, or the best `topK`, best first. */
export function scoresOf(
  { labels, topK }: { labels: readonly string[]; topK?: number },
  scores: ArrayLike<number>,
): LabelScore[] {
  const all = labels.map((label, index) => ({ label, score: scores[index]! }));
  return topK === undefined ? all : bestFirst(all).slice(0, topK);
}

/** Those of equal scores stay in their order. */
export function bestFirst(scores: readonly LabelScore[]): LabelScore[] {
  return scores.toSorted((a, b) => b.score - a.score);
}

/** Whether something else than the ordinary was heard; nothing where the card does not name what is ordinary. */
export function anomalyOf(normal: string | undefined, heard: readonly { label: string }[]): { anomaly?: boolean } {
  return normal === undefined ? {} : { anomaly: heard.some(({ label }) => label !== normal) };
}

/** What was heard in all of a recording's used part. @param seconds its duration; 0 for an image, which has none */
export function wholeSegments(heard: readonly LabelScore[], seconds: number): Segment[] {
  return seconds > 0 ? heard.map((said) => ({ start: 0, end: seconds, ...said })) : [];
}
