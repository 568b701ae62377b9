import type { ClassificationRules } from '../card/output-rules.js';
import type { WindowSpec } from '../card/window.js';
import type { InputError } from '../errors.js';
import type { Prediction } from '../loaded-model.js';
import { classifyWindowed } from '../output/classify.js';
import { bestOf } from '../output/label-scores.js';
import type { NetworkRow } from '../output/network-row.js';
import { toScores } from '../output/to-scores.js';
import type { HeardWindows } from './heard-windows.js';
import { Segmenter } from './segmenter.js';
import { WindowScores } from './window-scores.js';

/** Windows that each say their best label. */
export class HeardBest implements HeardWindows {
  private readonly segmenter: Segmenter;
  private readonly scores: WindowScores;

  constructor(
    private readonly rules: ClassificationRules,
    window: WindowSpec,
  ) {
    this.segmenter = new Segmenter(window, rules.segments);
    this.scores = new WindowScores(rules.labels.length, rules.segments.scores);
  }

  add(row: NetworkRow): void {
    const scores = toScores(this.rules, row.output);
    const { label, score } = bestOf(this.rules.labels, scores);
    this.segmenter.add(label, score);
    this.scores.add(scores);
  }

  skip(fault: InputError): void {
    this.segmenter.skip();
    this.scores.skip(fault);
  }

  finish(seconds: number): Prediction {
    return classifyWindowed(this.rules, this.scores.finish(), this.segmenter.finish(seconds));
  }
}
