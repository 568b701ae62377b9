import { styleText } from 'node:util';

/** Where a command writes. */
export interface Output {
  readonly isTTY?: boolean;
  write(text: string | Uint8Array): unknown;
}

const plainEveryMs = 1000;

/** What a person sees of a command: lines, and one line of progress below them. */
export class Terminal {
  private progressText = '';
  private plainAt = -Infinity;

  /** @param colours whether to use them; by default on a terminal without `NO_COLOR` */
  constructor(
    private readonly output: Output,
    private readonly colours: boolean,
    private readonly now: () => number = Date.now,
  ) {}

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
    if (this.output.isTTY) this.output.write(`\r\x1b[K${text}`);
    else if (this.now() - this.plainAt >= plainEveryMs) {
      this.output.write(`${text}\n`);
      this.plainAt = this.now();
    }
    this.progressText = text;
  }

  /** Takes the line of progress away, where it can be rewritten. */
  clearProgress(): void {
    if (this.output.isTTY && this.progressText !== '') this.output.write('\r\x1b[K');
    this.progressText = '';
  }

  paint(style: 'bold' | 'dim' | 'green' | 'red' | 'yellow', text: string): string {
    return this.colours ? styleText(style, text, { validateStream: false }) : text;
  }
}
