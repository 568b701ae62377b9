import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runStep } from './run-step.mjs';

/**
 * What package-lock.json asks for and node_modules lacks, as paths such as `node_modules/zod`. Optional packages are
 * left out: those of other platforms are never installed.
 *
 * @param lock the parsed package-lock.json
 * @param installed the parsed node_modules/.package-lock.json, which npm writes when an installation is complete
 */
export function missingPackages(lock, installed) {
  return Object.entries(lock.packages)
    .filter(([path, { optional }]) => path !== '' && !optional)
    .filter(([path, { version, integrity }]) => {
      const found = installed.packages[path];
      return !found || found.version !== version || found.integrity !== integrity;
    })
    .map(([path]) => path);
}

/**
 * Runs `npm ci` where node_modules is missing or is not what package-lock.json says. The build is done with development
 * dependencies, which npm leaves out under NODE_ENV=production unless told otherwise.
 */
export async function installDependencies(root) {
  const lock = await readJson(join(root, 'package-lock.json'));
  const installed = await readJson(join(root, 'node_modules', '.package-lock.json')).catch(() => ({ packages: {} }));
  if (missingPackages(lock, installed).length === 0) return;
  await runStep('Installing dependencies', ['npm', 'ci', '--include=dev', '--no-audit', '--no-fund'], { cwd: root });
}

async function readJson(path) {
  return JSON.parse(await readFile(path, 'utf8'));
}
