import { File, FS, ready } from 'h5wasm';

import { ModelError, refusal } from '../errors.js';

/**
 * Opens an HDF5 file that is in memory, runs `read`, and closes it.
 *
 * @param read synchronous, so that only one file is open at a time
 * @throws ModelError if the bytes are no HDF5 file, or reading fails
 */
export async function withHdf5File<T>(bytes: Uint8Array, read: (file: File) => T): Promise<T> {
  await ready;
  const path = 'weights.h5';
  FS!.writeFile(path, bytes);
  try {
    const file = new File(path, 'r');
    // A file that cannot be opened does not throw.
    if (file.file_id === -1n) throw refusal('the weights are not a readable HDF5 file; they may be truncated');
    try {
      return read(file);
    } finally {
      file.close();
    }
  } catch (error) {
    if (error instanceof ModelError) throw error;
    throw refusal(`the weights file is damaged: ${String(error)}`, error);
  } finally {
    FS!.unlink(path);
  }
}
