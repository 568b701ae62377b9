import type { Attempt, AttemptResult } from './messages.js';
import { toLoggedFailure } from './to-logged-failure.js';

/** An attempt on its way: it has either gone wrong, or has come as far as `T`. */
export type Step<T> = { attempt: Attempt; value: T } | { attempt: Attempt; failure: AttemptResult };

/** Takes an attempt to `T`, or to how it went wrong. */
export async function takeStep<T>(attempt: Attempt, take: () => T | Promise<T>): Promise<Step<T>> {
  try {
    return { attempt, value: await take() };
  } catch (error) {
    return { attempt, failure: { ok: false, ...toLoggedFailure(error) } };
  }
}

/** Takes every attempt that is still well one step further, all at once. */
export async function advance<T, U>(
  steps: Step<T>[],
  next: (attempt: Attempt, value: T) => U | Promise<U>,
): Promise<Step<U>[]> {
  return Promise.all(
    steps.map(async (step) =>
      'failure' in step ? step : takeStep(step.attempt, () => next(step.attempt, step.value)),
    ),
  );
}
