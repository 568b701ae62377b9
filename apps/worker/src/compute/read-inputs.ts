import type { ByteSource } from '#dsp';
import { inputKey, type ObjectStore } from '#jobs/store';
import type { Attempt } from './messages.js';
import { takeStep, type Step } from './step.js';

/** Bytes of the largest input that is fetched as a whole; a larger one is read as it is decoded. */
const mostWholeBytes = 8 * 2 ** 20;

/**
 * Reads one input after the other, the next being fetched while one is in use: the bytes of a whole group at once would
 * be the most of what the process holds, and of what its garbage collector does.
 *
 * @param use need not read the source to its end
 */
export async function readInputs<T>(
  store: ObjectStore,
  attempts: readonly Attempt[],
  use: (source: ByteSource) => Promise<T>,
): Promise<Step<T>[]> {
  const steps: Step<T>[] = [];
  let next = fetchAhead(store, attempts[0]);
  for (const [i, attempt] of attempts.entries()) {
    const fetched = await next;
    next = fetchAhead(store, attempts[i + 1]);
    if (fetched === null) steps.push(await takeStep(attempt, () => withStream(store, attempt, use)));
    else steps.push('failure' in fetched ? fetched : await takeStep(attempt, () => use([fetched.value])));
  }
  return steps;
}

/** Null for none, and for what is better streamed once it is its turn: an open stream is not left waiting. */
async function fetchAhead(store: ObjectStore, attempt: Attempt | undefined): Promise<Step<Buffer> | null> {
  if (attempt === undefined || attempt.payload.input.bytes > mostWholeBytes) return null;
  return takeStep(attempt, () => store.get(keyOf(attempt)));
}

async function withStream<T>(
  store: ObjectStore,
  attempt: Attempt,
  use: (source: ByteSource) => Promise<T>,
): Promise<T> {
  const stream = await store.stream(keyOf(attempt));
  try {
    return await use(stream as AsyncIterable<Buffer>);
  } finally {
    stream.destroy();
  }
}

function keyOf({ jobId, payload }: Attempt): string {
  return inputKey(payload.owner, jobId);
}
