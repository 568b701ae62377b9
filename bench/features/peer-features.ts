import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { CommandError } from '../../apps/cli/src/command-error.js';
import type { BenchTools } from '../benchmark.js';

const figuresSchema = z.looseObject({ all_ms: z.number().positive() });

/** What a peer printed; `all_ms` is its median from bytes to MFCCs. */
export type PeerFigures = z.infer<typeof figuresSchema>;

/**
 * Runs the script in `PEER_FEATURES` by the interpreter in `PEER_PYTHON`, with a recording's path and the number of runs
 * as its arguments.
 *
 * @returns what it printed as JSON; undefined when neither is set
 * @throws CommandError if only one is set, or it does not print the figures
 */
export async function measurePeer(
  bytes: Uint8Array,
  runs: number,
  { env, folder, interruption }: BenchTools,
): Promise<PeerFigures | undefined> {
  const { PEER_PYTHON: python, PEER_FEATURES: script } = env;
  if (!python && !script) return undefined;
  if (!python || !script) throw new CommandError('PEER_PYTHON and PEER_FEATURES are needed both: set the other too');
  const path = join(folder, 'recording.wav');
  await writeFile(path, bytes);
  try {
    const args = [script, path, String(runs)];
    const { stdout } = await promisify(execFile)(python, args, { signal: interruption.requested });
    return figuresSchema.parse(JSON.parse(stdout));
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new CommandError(`PEER_FEATURES did not print its figures as JSON: ${message}`, { cause });
  }
}
