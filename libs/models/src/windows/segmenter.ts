import { segmentsSchema, type SegmentRules } from '../card/output.js';
import type { WindowSpec } from '../card/window.js';
import { InputError } from '../errors.js';
import type { Segment } from '../loaded-model.js';

/** The most segments of a recording: they are what grows with its length. */
const mostSegments = 100_000;

/** How many segments a recording has so far, where several segmenters share the most there may be. */
export interface SegmentRoom {
  taken: number;
}

/** Neighbouring windows that say the same; times in seconds from the start of the recording. */
interface Run {
  label: string;
  start: number;
  end: number;
  windows: number;
  scoreSum: number;
}

/**
 * What windows say, one after the other, as segments that do not overlap. Of overlapping windows each speaks for its
 * middle `hop` seconds, the first also for what is before, the last for what is after; any other window speaks for all
 * of itself. Neighbours that say the same are one segment, unless there is a gap between them.
 */
export class Segmenter {
  private readonly segments: Segment[] = [];
  private readonly thresholds: (label: string) => number | undefined;
  private run: Run | null = null;
  private index = 0;

  /**
   * @param rules default: every window says something
   * @param room default: its own
   */
  constructor(
    private readonly window: WindowSpec,
    private readonly rules: SegmentRules = segmentsSchema.parse({}),
    private readonly room: SegmentRoom = { taken: 0 },
  ) {
    const { threshold = {} } = rules;
    const ofLabels = new Map<string, number>(Object.entries(threshold));
    this.thresholds = typeof threshold === 'number' ? () => threshold : (label) => ofLabels.get(label);
  }

  /**
   * Takes what the next window says.
   *
   * @param label the one with the highest score
   * @throws InputError when there are too many segments to keep
   */
  add(label: string, score: number): void {
    const [start, end] = this.spokenFor(this.index++);
    const isHeard = score >= (this.thresholds(label) ?? -Infinity) && !this.rules.ignore.includes(label);
    if (!isHeard || this.run?.label !== label || this.run.end !== start) {
      this.endRun();
      this.run = isHeard ? { label, start, end, windows: 0, scoreSum: 0 } : null;
    }
    if (!this.run) return;
    this.run.end = end;
    this.run.windows += 1;
    this.run.scoreSum += score;
  }

  /** Takes a window that says nothing. */
  skip(): void {
    this.endRun();
    this.run = null;
    this.index += 1;
  }

  /** All segments, once no window is left. @param seconds duration of the recording */
  finish(seconds: number): Segment[] {
    if (this.run) this.run.end = this.hasGaps ? Math.min(this.run.end, seconds) : seconds;
    this.endRun();
    const last = this.segments.at(-1);
    // Where windows overlap by a sample or two, the last may speak for nothing: rounding puts its turn after the end.
    if (last) last.end = Math.min(last.end, seconds);
    return this.segments;
  }

  private get hasGaps(): boolean {
    return this.window.hop > this.window.seconds;
  }

  private spokenFor(index: number): [start: number, end: number] {
    const { seconds, hop } = this.window;
    if (this.hasGaps) return [toMicroseconds(index * hop), toMicroseconds(index * hop + seconds)];
    const startOf = (nth: number) => (nth === 0 ? 0 : toMicroseconds(nth * hop + (seconds - hop) / 2));
    return [startOf(index), startOf(index + 1)];
  }

  private endRun(): void {
    if (!this.run) return;
    const { label, start, end, windows, scoreSum } = this.run;
    const length = toMicroseconds(end - start);
    if (length <= 0 || length < this.rules.minSeconds) return;
    if (this.room.taken === mostSegments)
      throw new InputError(
        `the recording has more than ${mostSegments} segments; output.segments.minSeconds, a threshold or a longer ` +
          `input.window.hop in the card make them fewer`,
      );
    this.room.taken += 1;
    this.segments.push({ start, end, label, score: scoreSum / windows });
  }
}

/** Sums of seconds such as 0.1 + 0.2, as they were meant. */
function toMicroseconds(seconds: number): number {
  return Math.round(seconds * 1e6) / 1e6;
}
