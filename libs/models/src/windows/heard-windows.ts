import type { ModelCard } from '../card.js';
import type { WindowSpec } from '../card/window.js';
import type { Prediction } from '../loaded-model.js';
import { bestLabel, toWindowedPrediction } from '../prediction.js';
import { Segmenter } from './segmenter.js';

/** Gathers what the network says of each window of a recording; of all that, only segments and sums are kept. */
export class HeardWindows {
  private readonly segmenter: Segmenter;
  private readonly sums: Float64Array;
  private readonly highest: Float64Array;
  private count = 0;

  constructor(
    private readonly card: ModelCard,
    window: WindowSpec,
  ) {
    this.segmenter = new Segmenter(window, card.output.segments);
    this.sums = new Float64Array(card.output.labels.length);
    this.highest = new Float64Array(card.output.labels.length).fill(-Infinity);
  }

  /**
   * Takes the network's output for the next window.
   *
   * @throws InputError if a score is not finite, or there are too many segments to keep
   */
  add(scores: Float32Array): void {
    const { label, score } = bestLabel(this.card.output.labels, scores);
    this.segmenter.add(label, score);
    this.count += 1;
    scores.forEach((value, index) => {
      this.sums[index]! += value;
      this.highest[index] = Math.max(this.highest[index]!, value);
    });
  }

  /** What was heard in all of them, at least one. @param seconds duration of the recording */
  finish(seconds: number): Prediction {
    const takesMean = this.card.output.segments?.scores !== 'max';
    const scores = takesMean ? this.sums.map((sum) => sum / this.count) : this.highest;
    return toWindowedPrediction(this.card, scores, this.segmenter.finish(seconds));
  }
}
