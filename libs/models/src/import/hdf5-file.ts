import { File, FS, ready } from 'h5wasm';

import { ModelError, refusal } from '../errors.js';
import { requireSoundHeaps } from './hdf5-heaps.js';

/**
 * Opens an HDF5 file that is in memory, runs `read`, and closes it.
 *
 * @param read synchronous, so that only one file is open at a time
 * @throws ModelError if the bytes are no HDF5 file, or reading fails
 */
export async function withHdf5File<T>(bytes: Uint8Array, read: (file: File) => T): Promise<T> {
  requireSoundHeaps(bytes);
  const library = await ready;
  // Else the library prints what is wrong with a file to stderr, and opens it all the same.
  library.activate_throwing_error_handler();
  const path = 'weights.h5';
  FS!.writeFile(path, bytes);
  try {
    const file = new File(path, 'r');
    try {
      return read(file);
    } finally {
      file.close();
    }
  } catch (error) {
    if (error instanceof ModelError) throw error;
    throw refusal(`the weights file cannot be read as HDF5: ${innermostCause(error)}; it may be damaged`, error);
  } finally {
    FS!.unlink(path);
  }
}

/** The library's own errors are a stack, one line a call, of which the last says what was found. */
function innermostCause(error: unknown): string {
  const calls = [...String(error).matchAll(/^ *#\d+: .*\(\): (.*)$/gm)];
  return calls.at(-1)?.[1] ?? String(error);
}
