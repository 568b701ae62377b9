import { styleText } from 'node:util';
import { clip } from './clip.js';

/** Where a command writes. */
export interface Output {
  readonly isTTY?: boolean;
  /** Of a terminal, as long as it has this size. */
  readonly columns?: number;
  write(text: string | Uint8Array): unknown;
}

const plainEveryMs = 1000;
const usualColumns = 80;

/** What a person sees of a command: lines, and one line of progress below them. */
export class Terminal {
  private progressText = '';
  private plainAt = -Infinity;

  /**
   * @param colours whether to use them; by default on a terminal without `NO_COLOR`
   * @param aside where progress goes; by default where the lines go
   */
  constructor(
    private readonly output: Output,
    private readonly colours: boolean,
    private readonly now: () => number = Date.now,
    private readonly aside: Output = output,
  ) {}

  /** How long a line can be that is not to wrap; what is no terminal has no limit. */
  get columns(): number {
    return this.output.isTTY ? this.output.columns || usualColumns : Infinity;
  }

  /** How long a line of progress can be: one that wraps could not be taken away again. */
  get width(): number {
    return this.aside.isTTY ? (this.aside.columns || usualColumns) - 1 : Infinity;
  }

  line(text = ''): void {
    this.clearProgress();
    this.output.write(`${text}\n`);
  }

  /** Begins a line of progress that is shown in any case. */
  phase(text: string): void {
    this.plainAt = -Infinity;
    this.progress(text);
  }

  /** Rewrites the line of progress; where that cannot be done, writes a line of its own, a second apart or more. */
  progress(text: string): void {
    if (text === this.progressText) return;
    if (this.aside.isTTY) this.aside.write(`\r\x1b[K${clip(text, this.width)}`);
    else {
      if (this.now() - this.plainAt < plainEveryMs) return;
      this.aside.write(`${text}\n`);
      this.plainAt = this.now();
    }
    this.progressText = text;
  }

  /** Takes the line of progress away, where it can be rewritten. */
  clearProgress(): void {
    if (this.aside.isTTY && this.progressText !== '') this.aside.write('\r\x1b[K');
    this.progressText = '';
  }

  paint(style: 'bold' | 'dim' | 'green' | 'red' | 'yellow', text: string): string {
    return this.colours ? styleText(style, text, { validateStream: false }) : text;
  }
}
