import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import './build-kernels.mjs';
import { bundleComputeProcess } from './bundle-compute-process.mjs';

const tsc = fileURLToPath(import.meta.resolve('typescript/bin/tsc'));
process.exitCode = spawnSync(process.execPath, [tsc, '-b', 'tsconfig.build.json'], { stdio: 'inherit' }).status ?? 1;
if (process.exitCode === 0) await bundleComputeProcess();
