import type { MultiLabelRules } from '../card/output-rules.js';
import type { WindowSpec } from '../card/window.js';
import type { InputError } from '../errors.js';
import type { Prediction } from '../loaded-model.js';
import { multiLabelWindowed } from '../output/multi-label.js';
import type { NetworkRow } from '../output/network-row.js';
import { toScores } from '../output/to-scores.js';
import type { HeardWindows } from './heard-windows.js';
import { Segmenter, type SegmentRoom } from './segmenter.js';
import { WindowScores } from './window-scores.js';

/** Windows of which each label is heard for itself: segments of different labels may overlap. */
export class HeardLabels implements HeardWindows {
  private readonly segmenters: Segmenter[];
  private readonly scores: WindowScores;

  constructor(
    private readonly rules: MultiLabelRules,
    window: WindowSpec,
  ) {
    const room: SegmentRoom = { taken: 0 };
    this.segmenters = rules.labels.map(() => new Segmenter(window, rules.segments, room));
    this.scores = new WindowScores(rules.labels.length, rules.segments.scores);
  }

  add(row: NetworkRow): void {
    const scores = toScores(this.rules, row.output);
    this.segmenters.forEach((segmenter, index) => {
      if (scores[index]! >= this.rules.thresholds[index]!) segmenter.add(this.rules.labels[index]!, scores[index]!);
      else segmenter.skip();
    });
    this.scores.add(scores);
  }

  skip(fault: InputError): void {
    for (const segmenter of this.segmenters) segmenter.skip();
    this.scores.skip(fault);
  }

  finish(seconds: number): Prediction {
    const segments = this.segmenters.flatMap((segmenter) => segmenter.finish(seconds));
    return multiLabelWindowed(
      this.rules,
      this.scores.finish(),
      segments.sort((a, b) => a.start - b.start),
    );
  }
}
