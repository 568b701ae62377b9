import { segmentsSchema, type CardOutput, type SegmentRules, type Task } from './output.js';

interface LabelRules {
  /** One for each value of the output; two for a single value, see {@link outputSchema}. */
  labels: readonly string[];
  normal?: string;
  activation?: 'softmax' | 'sigmoid';
  topK?: number;
  otherwise: string;
  segments: SegmentRules;
}

/** One label of several. */
export interface ClassificationRules extends LabelRules {
  task: 'classification';
  threshold?: number;
}

/** Every label that applies. */
export interface MultiLabelRules extends LabelRules {
  task: 'multi-label';
  /** One for each label. */
  thresholds: readonly number[];
}

/** How badly an autoencoder repeats its input. */
export interface AnomalyRules {
  task: 'anomaly-detection';
  normal: string;
  anomaly: string;
  error: 'mse' | 'mae' | 'rmse';
  threshold: number;
  segments: SegmentRules;
}

/** The values as they are. */
export interface RawRules {
  task: 'raw';
}

/** How a card wants its network's output read, with every default. */
export type OutputRules = ClassificationRules | MultiLabelRules | AnomalyRules | RawRules;

/** A label of which the card names no threshold applies from here. */
const usualThreshold = 0.5;

/** @param card one that has been parsed */
export function outputRules({ task, output }: { task: Task; output: CardOutput }): OutputRules {
  const { labels = [], normal, activation, topK, threshold } = output;
  const segments = output.segments ?? segmentsSchema.parse({});
  const number = typeof threshold === 'number' ? threshold : undefined;
  switch (task) {
    case 'classification':
      return {
        ...{ task, labels, normal, activation, topK, threshold: number, segments },
        otherwise: output.otherwise ?? 'unknown',
      };
    case 'multi-label': {
      const named = new Map(typeof threshold === 'object' ? Object.entries(threshold) : []);
      const thresholds = labels.map((label) => named.get(label) ?? number ?? usualThreshold);
      return {
        ...{ task, labels, normal, activation, topK, thresholds, segments },
        otherwise: output.otherwise ?? 'none',
      };
    }
    case 'anomaly-detection': {
      if (number === undefined) throw new Error('the card names no threshold for errors');
      const { normal = 'normal', anomaly = 'anomaly', error = 'mse' } = output;
      return { task, normal, anomaly, error, threshold: number, segments };
    }
    case 'raw':
      return { task };
  }
}

/**
 * What is applied to a network's output, for the provenance of results: all but the labels, which the card lists, and
 * `segments`.
 */
export function appliedToOutput(card: { task: Task; output: CardOutput }): Record<string, unknown> {
  const { from, threshold } = card.output;
  const rules = outputRules(card);
  switch (rules.task) {
    case 'classification': {
      const { task, normal, activation, topK, otherwise } = rules;
      return { task, from, normal, activation, topK, threshold, otherwise: threshold && otherwise };
    }
    case 'multi-label': {
      const { task, normal, activation, topK, otherwise } = rules;
      return { task, from, normal, activation, topK, threshold: threshold ?? usualThreshold, otherwise };
    }
    case 'anomaly-detection': {
      const { task, normal, anomaly, error } = rules;
      return { task, from, normal, anomaly, error, threshold };
    }
    case 'raw':
      return { task: 'raw', from };
  }
}
