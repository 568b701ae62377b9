import type { ParityCase } from './parity-case.js';
import { runCase } from './run-case.js';

/** Runs one case after the other, as the parent sends them: a file that ends the process costs its own line alone. */
process.on('message', (parityCase: ParityCase) => {
  void runCase(parityCase).then((line) => process.send!(line));
});
process.on('disconnect', () => process.exit());
