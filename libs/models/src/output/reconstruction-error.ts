import type { AnomalyRules } from '../card/output-rules.js';
import type { Prediction } from '../loaded-model.js';
import { wholeSegments } from './label-scores.js';
import { requireFinite, type NetworkRow } from './network-row.js';

/**
 * How far an autoencoder's output is from its input, over all values.
 *
 * @param row both of one length
 * @returns at least 0; added up in double precision
 * @throws InputError if a value of the output is not finite
 */
export function reconstructionError(kind: AnomalyRules['error'], { input, output }: NetworkRow): number {
  requireFinite(output);
  let sum = 0;
  for (let i = 0; i < input.length; i++) {
    const difference = output[i]! - input[i]!;
    sum += kind === 'mae' ? Math.abs(difference) : difference * difference;
  }
  const mean = sum / input.length;
  return kind === 'rmse' ? Math.sqrt(mean) : mean;
}

/** An error as a prediction. @param seconds duration of the part of a recording that was used; 0 for an image */
export function judgeError(rules: AnomalyRules, error: number, seconds: number): Prediction {
  const anomaly = isAnomaly(rules, error);
  const said = { label: anomaly ? rules.anomaly : rules.normal, score: error };
  return { ...said, anomaly, scores: [], segments: wholeSegments([said], seconds) };
}

export function isAnomaly({ threshold }: AnomalyRules, error: number): boolean {
  return error > threshold;
}
