import { SignalError } from '#dsp';

import { InputError } from '../../errors.js';

/** Runs `compute`; what it finds wrong with the data becomes an InputError, every other error passes. */
export function asInputError<T>(compute: () => T): T {
  try {
    return compute();
  } catch (error) {
    throw translated(error);
  }
}

/** {@link asInputError} for what takes its time. */
export async function whenInputError<T>(compute: () => Promise<T>): Promise<T> {
  return compute().catch((error: unknown) => {
    throw translated(error);
  });
}

function translated(error: unknown): unknown {
  return error instanceof SignalError ? new InputError(error.message, { cause: error }) : error;
}
