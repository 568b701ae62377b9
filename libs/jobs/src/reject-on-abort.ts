/** One for each signal: a listener for each race would pile up on the signal of a long upload. */
const rejections = new WeakMap<AbortSignal, Promise<never>>();

/** A promise to race with: it rejects with the signal's reason once the signal is aborted. */
export function rejectOnAbort(signal: AbortSignal): Promise<never> {
  const known = rejections.get(signal);
  if (known !== undefined) return known;
  const aborted = new Promise<never>((_resolve, reject) => {
    if (signal.aborted) reject(signal.reason as Error);
    else signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
  // It may reject after the race is over, when nobody listens any more.
  aborted.catch(() => undefined);
  rejections.set(signal, aborted);
  return aborted;
}
