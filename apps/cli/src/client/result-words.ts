/** What of a result is put into words; what an event tells may have less of it. */
export interface WordedResult {
  label?: string | null | undefined;
  labels?: { label: string }[] | null | undefined;
  tensor?: { shape: number[] } | null | undefined;
}

/** What a result says: all labels where several may apply; of values as they are, their shape. */
export function labelWords(result: WordedResult | null | undefined): string {
  const { label, labels, tensor } = result ?? {};
  if (labels && labels.length > 0) return labels.map((each) => each.label).join(', ');
  return label ?? (tensor ? `${tensor.shape.join(' x ')} values` : '-');
}

/** To a thousandth; errors of an autoencoder may be smaller. `-` where there is none. */
export function scoreWords(score: number | null | undefined): string {
  if (score == null) return '-';
  return score !== 0 && Math.abs(score) < 0.001 ? score.toExponential(2) : score.toFixed(3);
}
