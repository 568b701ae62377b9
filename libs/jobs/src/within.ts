import { setDeadline } from './set-deadline.js';

/**
 * The promise's outcome, if it comes in time.
 *
 * @throws `late` after `timeoutMs` milliseconds; what the promise does afterwards is nobody's concern
 */
export async function within<T>(
  timeoutMs: number,
  promise: Promise<T>,
  late: () => Error = () => new Error(`no answer within ${timeoutMs} ms`),
): Promise<T> {
  let callOff = (): void => undefined;
  const passed = new Promise<never>((_resolve, reject) => {
    callOff = setDeadline(timeoutMs, () => reject(late()));
  });
  try {
    return await Promise.race([promise, passed]);
  } finally {
    callOff();
  }
}
