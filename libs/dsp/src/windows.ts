/** How a signal is cut into windows, in samples. */
export interface WindowLengths {
  /** Samples in each window; at least 1. */
  length: number;
  /** Samples from one window to the next, above 0, not always a whole number: window k starts at `round(k * hop)`. */
  hop: number;
}

/**
 * Cuts a signal of any length into windows of one length, in order, and holds no more of it than one of them.
 * A window that the signal ends in is filled up with zeros. None starts where nothing is left that no window has had.
 *
 * @param blocks the signal, in pieces of any size; each may be overwritten when the next one is asked for
 * @returns windows of `length` samples, each overwritten when the next one is asked for; none of an empty signal
 * @throws RangeError when the first window is asked for, if `hop` is not above 0
 */
export async function* windows(
  blocks: AsyncIterable<Float32Array>,
  { length, hop }: WindowLengths,
): AsyncGenerator<Float32Array, void> {
  if (!(hop > 0)) throw new RangeError(`a hop of ${hop} samples leads to no next window`);
  const window = new Float32Array(length);
  let [index, start, heard, received] = [0, 0, 0, 0];
  for await (const block of blocks) {
    const blockStart = received;
    received += block.length;
    for (;;) {
      const from = Math.max(start, blockStart);
      const to = Math.min(start + length, received);
      if (from < to) window.set(block.subarray(from - blockStart, to - blockStart), from - start);
      if (received < start + length) break;
      yield window;
      heard = start + length;
      const next = Math.round(++index * hop);
      window.copyWithin(0, next - start);
      start = next;
    }
  }
  if (received <= Math.max(start, heard)) return;
  yield window.fill(0, received - start);
}
