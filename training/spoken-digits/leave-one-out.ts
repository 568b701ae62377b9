/** Each speaker once, in the order of first appearance. */
export function speakersOf(spoken: readonly { speaker: string }[]): string[] {
  return [...new Set(spoken.map(({ speaker }) => speaker))];
}

/**
 * How well speakers are heard whom the training did not hear: for each one, `fit` on what all others say, then `score`
 * on what this one says.
 *
 * @param fitted what is trained on, of any speakers; those not in `scored` are in every training
 * @param scored what is scored: the recordings as they are
 * @returns the score of each speaker of `scored`
 */
export async function leaveOneOut<Fitted extends { speaker: string }, Scored extends { speaker: string }, Network>(
  fitted: readonly Fitted[],
  scored: readonly Scored[],
  fit: (others: Fitted[]) => Promise<Network>,
  score: (network: Network, own: Scored[]) => number,
): Promise<Map<string, number>> {
  const scores = new Map<string, number>();
  for (const speaker of speakersOf(scored)) {
    const network = await fit(fitted.filter((example) => example.speaker !== speaker));
    scores.set(
      speaker,
      score(
        network,
        scored.filter((example) => example.speaker === speaker),
      ),
    );
  }
  return scores;
}
