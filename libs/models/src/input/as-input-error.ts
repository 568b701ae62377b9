import { SignalError } from '#dsp';

import { InputError } from '../errors.js';

/** Runs `compute`; what it finds wrong with the data becomes an InputError, every other error passes. */
export function asInputError<T>(compute: () => T): T {
  try {
    return compute();
  } catch (error) {
    if (error instanceof SignalError) throw new InputError(error.message, { cause: error });
    throw error;
  }
}
