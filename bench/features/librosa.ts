import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { CommandError } from '../../apps/cli/src/command-error.js';
import type { BenchTools } from '../benchmark.js';

const milliseconds = z.number().positive();
const figuresSchema = z.strictObject({
  version: z.string(),
  decodeMs: milliseconds,
  resampleMs: milliseconds,
  mfccMs: milliseconds,
  allMs: milliseconds,
});

/** Medians of librosa's times, in milliseconds, stage by stage as ours are. */
export type LibrosaFigures = z.infer<typeof figuresSchema>;

/** As our own features: numpy's matrix products would take every core. */
const oneThread = { OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', MKL_NUM_THREADS: '1', NUMBA_NUM_THREADS: '1' };

/**
 * Has the Python that `PEER_PYTHON` names measure librosa.
 *
 * @returns undefined when none is named, or it has no librosa, which one line on standard error then says
 * @throws CommandError if it fails
 */
export async function measureLibrosa(
  bytes: Uint8Array,
  runs: number,
  { root, env, folder, interruption }: BenchTools,
): Promise<LibrosaFigures | undefined> {
  const { PEER_PYTHON: python } = env;
  if (!python) return undefined;
  const path = join(folder, 'recording.wav');
  await writeFile(path, bytes);
  try {
    const args = [join(root, 'bench/features/librosa_features.py'), path, String(runs)];
    const options = { env: { ...env, ...oneThread }, signal: interruption.requested };
    const { stdout } = await promisify(execFile)(python, args, options);
    if (stdout !== '') return figuresSchema.parse(JSON.parse(stdout));
    console.error(`bench: ${python} has no librosa: its figures are left out`);
    return undefined;
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new CommandError(`librosa was not measured by PEER_PYTHON=${python}: ${message}`, { cause });
  }
}
