import type { Batch } from '#client';

const barWidth = 24;
/** The rate is that of the last so many milliseconds: what was sent before a pause says nothing of what is left. */
const windowMs = 20_000;

/** How a batch goes on, in one line. */
export class BatchProgress {
  private readonly seen: { at: number; ended: number }[] = [];

  constructor(private readonly now: () => number = Date.now) {}

  /**
   * @param sent files that the server has
   * @param total files of the folder
   */
  line(
    { counts }: Pick<Batch, 'counts'>,
    { sent, total, trouble }: { sent: number; total: number; trouble: string | null },
  ): string {
    const ended = counts.succeeded + counts.failed + counts.canceled + counts.expired;
    const rate = this.rateOf(ended);
    const share = total === 0 ? 1 : Math.min(ended / total, 1);
    const filled = Math.round(share * barWidth);
    const parts = [
      `${'█'.repeat(filled)}${'░'.repeat(barWidth - filled)} ${Math.floor(100 * share)} %`,
      `${ended} of ${total} done`,
      ...(sent < total ? [`${sent} sent`] : []),
      ...(counts.failed > 0 ? [`${counts.failed} failed`] : []),
      ...(rate > 0 ? [`${rate < 10 ? rate.toFixed(1) : Math.round(rate)}/s`] : []),
      ...(rate > 0 && ended < total ? [`${toDuration((total - ended) / rate)} left`] : []),
      ...(trouble === null ? [] : [`waiting: ${trouble}`]),
    ];
    return parts.join('  ');
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
