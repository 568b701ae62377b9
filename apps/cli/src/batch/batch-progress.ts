import type { Batch } from '#client';

const barWidth = 24;
/** The rate is that of the last so many milliseconds: what was sent before a pause says nothing of what is left. */
const windowMs = 20_000;

export interface BatchState {
  /** Files that the server has. */
  sent: number;
  /** Files of the folder or archive, as far as they are known. */
  total: number;
  /** What is waited for, if anything. */
  trouble: string | null;
  /** More files may come out of the archive. */
  isUnpacking?: boolean;
}

/** How a batch goes on, in one line. */
export class BatchProgress {
  private readonly seen: { at: number; ended: number }[] = [];

  constructor(private readonly now: () => number = Date.now) {}

  /** What matters first: the rest may be clipped. The bar is left out where it would take the place of words. */
  line({ counts }: Pick<Batch, 'counts'>, { sent, total, trouble, isUnpacking }: BatchState, width: number): string {
    const ended = counts.succeeded + counts.failed + counts.canceled + counts.expired;
    const rate = this.rateOf(ended);
    const share = Math.min(ended / total, 1);
    const filled = Math.round(share * barWidth);
    const bar = `${'█'.repeat(filled)}${'░'.repeat(barWidth - filled)} `;
    const parts = [
      ...(isUnpacking ? ['unpacking ...'] : total > 0 ? [`${Math.floor(100 * share)} %`] : []),
      `${ended} of ${total} done`,
      ...(counts.failed > 0 ? [`${counts.failed} failed`] : []),
      ...(trouble === null ? [] : [`waiting: ${trouble}`]),
      ...(rate > 0 && ended < total ? [`${toDuration((total - ended) / rate)} left`] : []),
      ...(rate > 0 ? [`${rate < 10 ? rate.toFixed(1) : Math.round(rate)}/s`] : []),
      ...(sent < total ? [`${sent} sent`] : []),
    ];
    const text = parts.join('  ');
    return !isUnpacking && total > 0 && bar.length + text.length <= width ? `${bar}${text}` : text;
  }

  /** Files a second; 0 while there is nothing to go by. */
  private rateOf(ended: number): number {
    const at = this.now();
    this.seen.push({ at, ended });
    while (this.seen.length > 2 && at - this.seen[1]!.at > windowMs) this.seen.shift();
    const first = this.seen[0]!;
    return at === first.at ? 0 : (1000 * (ended - first.ended)) / (at - first.at);
  }
}

/** Seconds as a person says them. */
export function toDuration(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
