import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import './build-kernels.mjs';

const tsc = fileURLToPath(import.meta.resolve('typescript/bin/tsc'));
process.exitCode = spawnSync(process.execPath, [tsc, '-b', 'tsconfig.build.json'], { stdio: 'inherit' }).status ?? 1;
