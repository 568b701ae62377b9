export interface Load {
  /** Recordings that are under way at any time: the next is sent once one has its result. */
  inFlight: number;
  /** Recordings in all. */
  recordings: number;
}

/** What was seen of a load. */
export interface Round {
  elapsedMs: number;
  /** From the first byte sent to the result, of each recording. */
  latenciesMs: number[];
}

/**
 * Puts a load on a server.
 *
 * @param send resolves once one more recording has its result
 * @throws what `send` throws; no more is sent then
 */
export async function drive(send: () => Promise<void>, { inFlight, recordings }: Load): Promise<Round> {
  const latenciesMs: number[] = [];
  const begun = performance.now();
  let [left, failed] = [recordings, false];
  const sendInTurn = async (): Promise<void> => {
    while (left > 0 && !failed) {
      left -= 1;
      const start = performance.now();
      await send();
      latenciesMs.push(performance.now() - start);
    }
  };
  const stop = (error: unknown): never => {
    failed = true;
    throw error;
  };
  await Promise.all(Array.from({ length: inFlight }, () => sendInTurn().catch(stop)));
  return { elapsedMs: performance.now() - begun, latenciesMs };
}
