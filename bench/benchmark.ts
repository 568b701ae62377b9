import type { Interruption } from '../apps/cli/src/terminal/interruption.js';
import type { Workload } from './workload.js';

/** One line of the output: names stay as they are from version to version, and end in their unit. */
export interface Line {
  bench: 'machine' | 'features' | 'predict' | 'registration' | 'pipeline' | 'submissions' | 'webhooks' | 'batches';
  [field: string]: string | number | readonly number[] | Record<string, unknown>;
}

/** What a benchmark may use. */
export interface BenchTools {
  /** The checkout, built. */
  readonly root: string;
  /** A folder on a disk, for whatever is written; it is removed afterwards. */
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  readonly interruption: Interruption;
  readonly print: (line: Line) => void;
}

/** Measures one thing and prints what it measured. What it starts has ended when it returns or throws. */
export type Benchmark = (workload: Workload, tools: BenchTools) => Promise<void>;
