import { InputError } from '../errors.js';

/** The scores of all windows so far, as one for the whole recording: the mean or the highest of each. */
export class WindowScores {
  private readonly scores: Float64Array;
  private count = 0;
  private firstFault: InputError | null = null;

  /** @param length how many scores a window has */
  constructor(
    length: number,
    private readonly takes: 'mean' | 'max',
  ) {
    this.scores = new Float64Array(length).fill(takes === 'max' ? -Infinity : 0);
  }

  add(scores: ArrayLike<number>): void {
    this.count += 1;
    for (let i = 0; i < this.scores.length; i++)
      this.scores[i] = this.takes === 'max' ? Math.max(this.scores[i]!, scores[i]!) : this.scores[i]! + scores[i]!;
  }

  /** Remembers why a window has none. */
  skip(fault: InputError): void {
    this.firstFault ??= fault;
  }

  /** @throws InputError if no window had any */
  finish(): Float64Array {
    if (this.count === 0) throw this.firstFault ?? new InputError('the recording holds no samples');
    return this.takes === 'max' ? this.scores : this.scores.map((sum) => sum / this.count);
  }
}
