import type { AnomalyRules } from '../card/output-rules.js';
import type { WindowSpec } from '../card/window.js';
import { InputError } from '../errors.js';
import type { Prediction } from '../loaded-model.js';
import type { NetworkRow } from '../output/network-row.js';
import { isAnomaly, reconstructionError } from '../output/reconstruction-error.js';
import type { HeardWindows } from './heard-windows.js';
import { Segmenter } from './segmenter.js';
import { WindowScores } from './window-scores.js';

/** The most windows of a recording whose errors are kept: 2 MB of JSON. */
const mostWindows = 100_000;

/** Windows that an autoencoder repeats more or less well. */
export class HeardErrors implements HeardWindows {
  private readonly segmenter: Segmenter;
  private readonly scores: WindowScores;
  private readonly errors: (number | null)[] = [];

  constructor(
    private readonly rules: AnomalyRules,
    window: WindowSpec,
  ) {
    this.segmenter = new Segmenter(window, rules.segments);
    this.scores = new WindowScores(1, rules.segments.scores);
  }

  add(row: NetworkRow): void {
    const error = reconstructionError(this.rules.error, row);
    this.keep(error);
    this.scores.add([error]);
    if (isAnomaly(this.rules, error)) this.segmenter.add(this.rules.anomaly, error);
    else this.segmenter.skip();
  }

  skip(fault: InputError): void {
    this.keep(null);
    this.scores.skip(fault);
    this.segmenter.skip();
  }

  finish(seconds: number): Prediction {
    const [score] = this.scores.finish();
    const segments = this.segmenter.finish(seconds);
    const anomaly = segments.length > 0;
    return {
      label: anomaly ? this.rules.anomaly : this.rules.normal,
      ...{ score: score!, anomaly, scores: [], windowScores: this.errors, segments },
    };
  }

  private keep(error: number | null): void {
    if (this.errors.length === mostWindows)
      throw new InputError(
        `the recording has more than ${mostWindows} windows; a longer input.window.hop in the card makes them fewer`,
      );
    this.errors.push(error);
  }
}
