/** A promise to race with: it rejects with the signal's reason once the signal is aborted. */
export function rejectOnAbort(signal: AbortSignal): Promise<never> {
  const aborted = new Promise<never>((_resolve, reject) => {
    if (signal.aborted) reject(signal.reason as Error);
    else signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
  // It may reject after the race is over, when nobody listens any more.
  aborted.catch(() => undefined);
  return aborted;
}
