import { setDeadline } from './deadline.js';

/**
 * The promise's outcome, if it comes in time.
 *
 * @throws Error after `timeoutMs` milliseconds; what the promise does afterwards is nobody's concern
 */
export async function within<T>(timeoutMs: number, promise: Promise<T>): Promise<T> {
  let callOff = (): void => undefined;
  const late = new Promise<never>((_resolve, reject) => {
    callOff = setDeadline(timeoutMs, () => reject(new Error(`no answer within ${timeoutMs} ms`)));
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    callOff();
  }
}
