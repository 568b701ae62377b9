import { setUp } from './setup/set-up.mjs';

process.exitCode = (await setUp()) ? 0 : 1;
