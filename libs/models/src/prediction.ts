import type { OutputRules } from './card/output-rules.js';
import type { Prediction } from './loaded-model.js';
import { classify } from './output/classify.js';
import { multiLabel } from './output/multi-label.js';
import { requireFinite, type NetworkRow } from './output/network-row.js';
import { judgeError, reconstructionError } from './output/reconstruction-error.js';
import { toScores } from './output/to-scores.js';

/**
 * A network's output for one input, as the card wants it read.
 *
 * @param shape of the output, without the batch axis
 * @param seconds duration of the part of a recording that was used; 0 for an image
 * @throws InputError if a value is not finite, or no probability where it must be one
 */
export function toPrediction(
  rules: OutputRules,
  row: NetworkRow,
  shape: readonly number[],
  seconds: number,
): Prediction {
  switch (rules.task) {
    case 'classification':
      return classify(rules, toScores(rules, row.output), seconds);
    case 'multi-label':
      return multiLabel(rules, toScores(rules, row.output), seconds);
    case 'anomaly-detection':
      return judgeError(rules, reconstructionError(rules.error, row), seconds);
    case 'raw':
      requireFinite(row.output);
      return {
        ...{ label: null, score: null, scores: [], segments: [] },
        tensor: { shape: [...shape], values: Array.from(row.output) },
      };
  }
}
