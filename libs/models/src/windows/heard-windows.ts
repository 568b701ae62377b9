import type { ModelCard } from '../card.js';
import type { WindowSpec } from '../card/window.js';
import { InputError } from '../errors.js';
import type { Prediction } from '../loaded-model.js';
import { bestLabel, toWindowedPrediction } from '../prediction.js';
import { Segmenter } from './segmenter.js';

/** Gathers what the network says of each window of a recording; of all that, only segments and sums are kept. */
export class HeardWindows {
  private readonly segmenter: Segmenter;
  private readonly sums: Float64Array;
  private readonly highest: Float64Array;
  private count = 0;
  private firstFault: InputError | null = null;

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

  /** Takes a window that gives the network nothing to compute on, such as silence that the card has trimmed off. */
  skip(fault: InputError): void {
    this.segmenter.skip();
    this.firstFault ??= fault;
  }

  /**
   * What was heard in all of them.
   *
   * @param seconds duration of the recording
   * @throws InputError if there was nothing to hear in any
   */
  finish(seconds: number): Prediction {
    if (this.count === 0) throw this.firstFault ?? new InputError('the recording holds no samples');
    const takesMean = this.card.output.segments?.scores !== 'max';
    const scores = takesMean ? this.sums.map((sum) => sum / this.count) : this.highest;
    return toWindowedPrediction(this.card, scores, this.segmenter.finish(seconds));
  }
}
