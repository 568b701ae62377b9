/** Keeps this process from reading or doing anything else for so long. */
export function holdUp(ms: number): void {
  for (const until = performance.now() + ms; performance.now() < until;);
}
