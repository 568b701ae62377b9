import type { ClassificationRules, MultiLabelRules } from '../card/output-rules.js';
import { InputError } from '../errors.js';
import { requireFinite } from './network-row.js';

/**
 * A network's output as one score for each label: what the card's activation makes of it. A single value for two labels
 * is the probability of the second.
 *
 * @throws InputError if a value is not finite, or should be a probability and is not from 0 to 1
 */
export function toScores(rules: ClassificationRules | MultiLabelRules, output: Float32Array): ArrayLike<number> {
  requireFinite(output);
  const scores = activate(rules.activation, output);
  if (rules.labels.length !== 2 || output.length !== 1) return scores;
  const probability = scores[0]!;
  if (probability >= 0 && probability <= 1) return Float64Array.of(1 - probability, probability);
  throw new InputError(
    `the network gives ${probability}, and one value for two labels must be a probability; if it is a logit, ` +
      `output.activation: sigmoid in the card makes it one`,
  );
}

function activate(activation: 'softmax' | 'sigmoid' | undefined, values: Float32Array): Float32Array | Float64Array {
  switch (activation) {
    case undefined:
      return values;
    case 'sigmoid':
      return Float64Array.from(values, (value) => 1 / (1 + Math.exp(-value)));
    case 'softmax':
      return softmax(values);
  }
}

function softmax(values: Float32Array): Float64Array {
  // Moved so that none overflows: what matters is their distance from each other.
  const largest = values.reduce((a, b) => Math.max(a, b), -Infinity);
  const powers = Float64Array.from(values, (value) => Math.exp(value - largest));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
}
