#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { setUp } from '../scripts/setup/set-up.mjs';

const main = new URL('../dist/apps/cli/src/main.js', import.meta.url);

/** These start the API and a worker, so that the checkout has to be as it would run; the others only need the command. */
const startsProcesses = ['up', 'demo'].includes(process.argv[2]);

/** The demo, like the tests, starts a Redis of its own, wherever REDIS_URL leads. */
const redisServer = process.argv[2] === 'demo' || !process.env.REDIS_URL;

if ((startsProcesses || !existsSync(main)) && !(await setUp({ redisServer }))) process.exit(1);
await import(main.href);
