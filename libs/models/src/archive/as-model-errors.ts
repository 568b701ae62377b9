import { ArchiveError } from '#archives';
import { refusal } from '../errors.js';

/** Has what is wrong with an archive be told as what is wrong with the model. */
export async function asModelErrors<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof ArchiveError) throw refusal(error.message, error);
    throw error;
  }
}
