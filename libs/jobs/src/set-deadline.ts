/**
 * Calls `passed` once `ms` milliseconds are truly over and what could then be read at once has been read. A plain timer
 * blames whoever was asked for the slowness of this process: while it is held up, answers lie unread, and a timer that is
 * set in a long turn of the event loop counts from the turn's beginning.
 *
 * @returns calls it off
 */
export function setDeadline(ms: number, passed: () => void): () => void {
  const due = performance.now() + ms;
  let reading: NodeJS.Immediate | undefined;
  let timer = setTimeout(check, ms);
  function check(): void {
    const leftMs = due - performance.now();
    if (leftMs > 0) timer = setTimeout(check, Math.ceil(leftMs));
    // Timers come before reads, immediates after them.
    else reading = setImmediate(passed);
  }
  return () => {
    clearTimeout(timer);
    clearImmediate(reading);
  };
}
