const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
] as const;

/** How long ago that was, in whole units of the largest that fits, such as `12 s`, `5 min` or `3 d`. */
export function toAge(time: string, nowMs: number): string {
  // The clocks of two machines differ; nothing is younger than now.
  const ms = Math.max(0, nowMs - Date.parse(time));
  const [unit, unitMs] = units.find(([, least]) => ms >= least) ?? ['s', 1000];
  return `${Math.floor(ms / unitMs)} ${unit}`;
}
